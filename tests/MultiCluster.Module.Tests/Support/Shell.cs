using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;
using Microsoft.PowerShell.Commands;
using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;
using MultiCluster.Module.Tests.Pipeline;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Support;

/// <summary>
/// A PowerShell of its own with the laid out module imported, in front of simulated clusters, with a home folder, preferences and a cache
/// of its own. Nothing is selected.
/// </summary>
internal sealed class Shell : IDisposable
{
    /// <summary>The module under test: the one that the build laid out.</summary>
    public static string Manifest { get; } = Path.Combine(TestBuild.Of("ModuleLayout"), "MultiCluster.psd1");

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("multicluster-");

    /// <summary>A PowerShell in front of <paramref name="fleet"/>, as <paramref name="user"/>, with a clock of its own where ages matter, at a terminal where that does.</summary>
    public Shell(SimulatedFleet? fleet = null, UserKind user = UserKind.AdminToken, TimeProvider? time = null, bool interactive = false)
    {
        Kubeconfig = File("sandbox");
        fleet?.WriteKubeconfig(Kubeconfig, user);
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned; // as PowerShell's setup has it; a host that says nothing loads no module with views
        state.ImportPSModule([Manifest]);
        state.Commands.Add(new SessionStateCmdletEntry("Get-KubeAnswer", typeof(AskCommand), null));
        Runspace = RunspaceFactory.CreateRunspace(Host, state);
        Runspace.Open();
        Assert.Empty(Host.Errors); // it opens all the same when a part of it cannot be made
        Runspace.SessionStateProxy.Path.SetLocation(_home.FullName);
        KubeSession.Use(Runspace, Session = new KubeSession(new ClusterPoolOptions
        {
            Time = time ?? TimeProvider.System,
            Search = new()
            {
                HomeFolder = _home.FullName,
                CurrentFolder = _home.FullName,
                ReadVariable = name => name == "KUBECONFIG" ? Kubeconfig : Variables.GetValueOrDefault(name),
            },
            ConfigurationFolder = File("configuration"),
            CacheFolder = File("cache"),
            HeartbeatInterval = TimeSpan.FromHours(1),
            Interactive = interactive,
        }));
    }

    public Runspace Runspace { get; }

    /// <summary>Who sits in front of it.</summary>
    public TestHost Host { get; } = new();

    /// <summary>What the module keeps for this PowerShell.</summary>
    public KubeSession Session { get; }

    public string Kubeconfig { get; }

    /// <summary>What the module finds in its environment, beside KUBECONFIG.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public IReadOnlyList<KubeCluster> Selected => Session.Pool.Selected;

    public string SelectedNames => string.Join(",", Selected.Select(static cluster => cluster.ClusterName));

    /// <summary>Full path of a file in the home folder, which is the location, too.</summary>
    public string File(string name) => Path.Combine(_home.FullName, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Selects clusters without a request to them.</summary>
    public Shell Select(params string[] names)
    {
        this["names"] = names;
        Assert.Empty(Run("Select-KubeCluster $names -NoConnect").Errors);
        return this;
    }

    /// <summary>A variable of the session.</summary>
    public object? this[string variable]
    {
        get => Unwrapped(Runspace.SessionStateProxy.GetVariable(variable));
        set => Runspace.SessionStateProxy.SetVariable(variable, value);
    }

    /// <summary>Runs what a user would type, to its end.</summary>
    public ShellRun Run(string script)
    {
        using var running = Start(script);
        return running.Wait();
    }

    /// <summary>Begins to run what a user would type.</summary>
    public RunningShell Start(string script) => new(this, script);

    /// <summary>
    /// What a terminal of so many columns would show of the script's output, each line without the blanks at its end. PowerShell measures
    /// columns without a width by the rows of the first 300 ms, which are fewer on a busy machine; here by all, as of AutoSize.
    /// </summary>
    public string Screen(string script, int columns = 120)
    {
        Host.Columns = columns;
        this["format"] = new CmdletInfo("Format-Default", typeof(FormatDefaultCommand));
        var parts = Formatted($"& {{ {script} }} | & $format");
        foreach (var part in parts)
        {
            if (Field(Field(part, "shapeInfo"), "tableColumnInfoList") is IList { Count: > 0 } columnInfos && Field(columnInfos[0], "width") is 0 && part!.GetType().GetField("autosizeInfo") is { } autoSize)
                autoSize.SetValue(part, Activator.CreateInstance(autoSize.FieldType, nonPublic: true));
        }

        this["parts"] = parts.ToArray();
        this["columns"] = columns;
        return string.Join('\n', Formatted("$parts | Out-String -Width $columns -Stream").Select(static line => $"{line}".TrimEnd())).Trim('\n');

        static object? Field(object? of, string name) => of?.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(of);
    }

    /// <summary>The texts that Tab offers at the end of a line. On a busy machine an answer may be late, and there for the next Tab, as for a user.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        this["line"] = line;
        for (var tabs = 3; ; tabs--)
        {
            IReadOnlyList<CompletionResult> offered = [.. Run("(TabExpansion2 $line $line.Length).CompletionMatches").Output.Cast<CompletionResult>()];
            if (offered.Count > 0 || tabs == 1)
                return offered;
        }
    }

    public void Dispose()
    {
        Runspace.Dispose();
        _home.Delete(recursive: true);
    }

    private IReadOnlyList<object?> Formatted(string script)
    {
        var run = Run(script);
        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        return run.Output;
    }

    internal static object? Unwrapped(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
