using System.Text.RegularExpressions;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests;

/// <summary>
/// Every place in the module that makes script, runs some, or asks or tells the user something past the cmdlets' own methods. None makes
/// script of a word that a server, a file or a container has written; a new place is looked at for that, and added here with the reason.
/// </summary>
public sealed partial class ScriptPlaceTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TestBuild.Of("HelpPages"), "..", ".."));

    /// <summary>The file, what stands there, and why it is safe.</summary>
    private static readonly (string File, string What, string Why)[] Known =
    [
        ("Views/Cells.cs", "::Of[$_]", "a constant and a property's name of our own, or a column's number"),
        ("Views/SessionFormats.cs", "DisplayEntryValueType.ScriptBlock", "what Cells.Script gives"),
        ("Views/SessionFormats.cs", "PowerShell.Create", "Update-FormatData, without arguments"),
        ("Views/SessionFormats.cs", "AddCommand", "Update-FormatData, without arguments"),
        ("Views/TerminalLook.cs", "ScriptBlock", "its field"),
        ("Views/TerminalLook.cs", "ScriptBlock.Create", "a constant script"),
        ("Views/TerminalLook.cs", "host.UI", "asks how wide it is"),
        ("Completion/CompletionRequest.cs", "PowerShell.Create", "a constant script"),
        ("Completion/CompletionRequest.cs", "AddScript", "a constant script; the path is its argument"),
        ("Completion/KubeCompleter.cs", "new", "bare words of letters that need no quotes, else a single-quoted text escaped by PowerShell's own CodeGeneration"),
        ("Commands/Clusters/RegisterKubeClusterEventCommand.cs", "ScriptBlock", "the user's own"),
        ("Commands/Nodes/InvokeKubeDrainCommand.cs", "ScriptBlock", "the user's own"),
        ("Commands/Waiting/WaitKubeResourceCommand.cs", "ScriptBlock", "the user's own"),
        ("Commands/Waiting/WaitKubeResourceCommand.cs", "InvokeWithContext", "the user's own; the object is its argument"),
        ("Pipeline/FleetChangingCmdlet.cs", "ScriptBlock", "the user's own"),
        ("Pipeline/HealthCheckScript.cs", "ScriptBlock", "the user's own"),
        ("Pipeline/HealthCheckScript.cs", "InvokeWithContext", "the user's own; the results are its argument"),
        ("Commands/Typed/ClientHost.cs", "ScriptBlock.Create", "an empty script"),
        ("Commands/Typed/ClientHost.cs", "host.UI", "asks what TerminalText gives"),
        ("Pipeline/KubeCmdlet.cs", "Host?.UI", "shows what TerminalText gives"),
        ("Sessions/KubeSession.cs", "Console.Error", "shows what TerminalText gives"),
    ];

    [Fact]
    public void Each_place_that_makes_or_runs_script_is_known()
    {
        var folder = Path.Combine(Root, "src", "MultiCluster.Module");
        var found = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file) is var path && !path.StartsWith("bin", StringComparison.Ordinal) && !path.StartsWith("obj", StringComparison.Ordinal))
            .SelectMany(file => Place().Matches(Comment().Replace(File.ReadAllText(file), "")).Select(match => (File: Path.GetRelativePath(folder, file).Replace('\\', '/'), What: match.Value)))
            .Distinct()
            .ToHashSet();

        Assert.Equal(Known.Select(static place => $"{place.File}: {place.What}").Order(StringComparer.Ordinal), found.Select(static place => $"{place.File}: {place.What}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_module_ships_no_script_but_that_of_its_views()
    {
        var files = Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.DoesNotContain(files, static file => file!.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase));
        var types = Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*.Types.ps1xml").Select(File.ReadAllText);
        Assert.All(types, static text => Assert.DoesNotMatch("<(Script|ScriptBlock|GetScriptBlock|SetScriptBlock|ScriptProperty|ScriptMethod)>", text));
    }

    [Fact]
    public void The_engine_knows_no_PowerShell() =>
        Assert.DoesNotContain(typeof(Objects.KubeObject).Assembly.GetReferencedAssemblies(), static assembly => assembly.Name!.StartsWith("System.Management.Automation", StringComparison.Ordinal));

    [GeneratedRegex(@"ScriptBlock\.Create|NewScriptBlock|\bScriptBlock\b(?=[?)>\[\s])|Parser\.Parse|CreatePipeline|CreateNestedPipeline|SessionStateFunctionEntry|PSPropertyExpression|InvokeScript|InvokeCommand|InvokeWithContext|AddScript|AddCommand|AddStatement|PowerShell\.Create|DisplayEntryValueType\.ScriptBlock|::Of\[\$_\](?=\.)|new CompletionResult|(?<=CompletionResult Result\(Suggestion suggestion\) => )new|PSScriptProperty|ScriptPropertyData|ScriptMethodData|ExpandString|CalculatedProperty|[Hh]ost\??\.UI|Console\.(?:\w+(?=\.Write)|Write)")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
