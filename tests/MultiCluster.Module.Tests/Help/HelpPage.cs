using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Help;

/// <summary>What a page of <c>docs/en-US</c> says, part by part, in Markdown.</summary>
internal sealed record HelpPage
{
    /// <summary>Where the pages lie.</summary>
    public static string Folder { get; } = TestBuild.Of("HelpPages");

    /// <summary>The cmdlets that have a page.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public required string Name { get; init; }

    /// <summary>What stands above the page, in YAML.</summary>
    public required string Metadata { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<HelpSyntax> Syntax { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<HelpExample> Examples { get; init; }

    public required IReadOnlyList<HelpParameter> Parameters { get; init; }

    public required string CommonParameters { get; init; }

    public required IReadOnlyList<HelpType> Inputs { get; init; }

    public required IReadOnlyList<HelpType> Outputs { get; init; }

    public required string Notes { get; init; }

    public required IReadOnlyList<HelpLink> Links { get; init; }

    /// <summary>Where <c>Get-Help -Online</c> leads.</summary>
    public string Online => $"{TestBuild.Of("ProjectAddress")}/blob/main/docs/en-US/{Name}.md";

    public static HelpPage Of(string cmdlet) => HelpPageReader.Read(File.ReadAllText(Path.Combine(Folder, $"{cmdlet}.md")));

    /// <summary>Where a link of a page leads.</summary>
    public static string FullPath(string target) => Path.GetFullPath(Path.Combine(Folder, target));
}

/// <summary>An example; <paramref name="Title"/> begins with its number.</summary>
internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>A type that goes in or comes out.</summary>
internal sealed record HelpType(string Name, string Description);

internal sealed record HelpLink(string Text, string Target);
