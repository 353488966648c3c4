namespace MultiCluster.Module.Tests.Help;

/// <summary>A parameter, as a page describes it or as PowerShell binds it.</summary>
internal sealed record HelpParameter
{
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The type's full name.</summary>
    public required string Type { get; init; }

    /// <summary>What holds when it is not given, or nothing.</summary>
    public string DefaultValue { get; init; } = "";

    public required bool Wildcards { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The values that it takes and no other; a page has them in the description.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Its place in each of the sets that it belongs to.</summary>
    public required IReadOnlyList<HelpParameterSet> Sets { get; init; }

    public required bool Hidden { get; init; }

    public bool Switch => Type == "System.Management.Automation.SwitchParameter";
}

/// <summary>A parameter's place in a set; <see cref="All"/> stands for every set.</summary>
internal sealed record HelpParameterSet(string Name, string Position, bool Required, bool ByValue, bool ByPropertyName, bool Remaining)
{
    public const string All = "(All)";
}
