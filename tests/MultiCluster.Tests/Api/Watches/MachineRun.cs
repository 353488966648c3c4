using System.Globalization;
using System.Text;
using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Api.Watches;

/// <summary>
/// A watch's machine, with what it says as text. An object is written <c>name:uid@version</c>, and its uid is its name when it is left out.
/// </summary>
internal sealed class MachineRun
{
    private static readonly ObjectSource Source = new()
    {
        Cluster = ClusterIdentity.Of("/kube/config", "test"),
        Kind = new ResourceKind { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Namespaced = true },
        Time = TimeProvider.System,
    };

    public MachineRun(Func<WatchMachineOptions, WatchMachineOptions>? options = null)
    {
        var made = new WatchMachineOptions { Time = Time, Random = () => Random };
        Machine = new WatchMachine(options?.Invoke(made) ?? made);
    }

    public TestClock Time { get; } = new();

    public double Random { get; set; }

    public WatchMachine Machine { get; }

    public WatchState State => Machine.State;

    /// <summary>What is to be done next: <c>List</c>, <c>Stream 5</c>, <c>Pause 0.4</c>, <c>End KindNotFound</c>.</summary>
    public string Step => Machine.Step switch
    {
        WatchStep.List => "List",
        WatchStep.Stream stream => $"Stream {stream.Version ?? "all"}",
        WatchStep.Pause pause => string.Create(CultureInfo.InvariantCulture, $"Pause {pause.Delay.TotalSeconds:0.###}"),
        WatchStep.End end => $"End {end.Fault.Phase}",
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A machine that has listed these objects at version 10 and watches, with all that said.</summary>
    public static MachineRun Begun(params string[] objects)
    {
        var run = new MachineRun();
        run.Machine.Listed([.. objects.Select(Object)]);
        run.Machine.ListEnded("10");
        run.Machine.Opened();
        _ = run.Said();
        return run;
    }

    public static KubeObject Object(string text)
    {
        var name = text[..text.IndexOfAny([':', '@'])];
        var version = text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var uid = text.Contains(':', StringComparison.Ordinal) ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..text.IndexOf('@', StringComparison.Ordinal)] : name;
        var json = Encoding.UTF8.GetBytes($$"""{"metadata":{"name":"{{name}}","namespace":"web","uid":"{{uid}}","resourceVersion":"{{version}}"} }""");
        return new KubeObject(new ObjectContent(Source, json, ItemIndex.OfObject(json)));
    }

    public static Fault Fault(FaultPhase phase, int? status = null, string? reason = null) =>
        new() { Phase = phase, Detail = $"{phase}", HttpStatus = status, Reason = reason };

    public MachineRun List(params string[] objects)
    {
        Machine.Listed([.. objects.Select(Object)]);
        return this;
    }

    public MachineRun Receive(WatchLineType type, string item)
    {
        Machine.Received(type, Object(item));
        return this;
    }

    /// <summary>Fails, waits, and tries again, so many times.</summary>
    public void FailAgainAndAgain(Fault fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Machine.Failed(fault);
            if (Machine.Step is WatchStep.Pause)
                Wait();
        }
    }

    /// <summary>Lets the pause pass.</summary>
    public MachineRun Wait()
    {
        Time.Advance(((WatchStep.Pause)Machine.Step).Delay);
        Machine.Waited();
        return this;
    }

    public MachineRun After(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        return this;
    }

    /// <summary>What it has said since it was last asked.</summary>
    public string[] Said() => [.. Machine.TakeOutputs().Select(Text)];

    private static string Text(WatchOutput output) => output switch
    {
        WatchChange change => $"{(change.Initial ? "Initial " : "")}{change.Type} {Text(change.Object)}{(change.Previous is null ? "" : $" was {Text(change.Previous)}")}",
        WatchTrouble trouble => $"Trouble {trouble.Fault.Phase}",
        WatchSignal { Type: WatchNoticeType.Gap } gap => $"Gap {(gap.To - gap.From)!.Value.TotalSeconds:0.###}",
        WatchSignal { Type: WatchNoticeType.Resumed } resumed => $"Resumed {resumed.Duration!.Value.TotalSeconds:0.###}",
        WatchSignal { Type: WatchNoticeType.Interrupted } broken => $"Interrupted {broken.Fault!.Phase}",
        WatchSignal signal => $"{signal.Type} {signal.Count}",
        _ => throw new InvalidOperationException(),
    };

    private static string Text(KubeObject item) => $"{item.Name}{(item.Uid == item.Name ? "" : $":{item.Uid}")}@{item.ResourceVersion}";
}
