using System.Management.Automation.Runspaces;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Module.Loading;
using MultiCluster.Module.Views;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Sessions;

/// <summary>What one runspace has: its pool and the reports of its calls.</summary>
internal sealed class KubeSession(ClusterPoolOptions options) : IAsyncDisposable
{
    private static readonly Lazy<RunspaceStore<KubeSession>> Store = new(() => new(static () => new KubeSession(new ClusterPoolOptions
    {
        Interactive = Environment.UserInteractive && !Console.IsInputRedirected,
        Prompt = static text => Console.Error.WriteLine(TerminalText.Visible(text)),
    })));

    /// <summary>The session of the runspace on whose pipeline thread this is called.</summary>
    public static KubeSession Current => Store.Value.Current;

    /// <summary>Gives a runspace a session that was made elsewhere, in place of the one it has.</summary>
    internal static void Use(Runspace runspace, KubeSession session) => Store.Value.Set(runspace, session);

    /// <summary>The clusters.</summary>
    public ClusterPool Pool { get; } = new(options);

    /// <summary>Whether somebody sits at the terminal.</summary>
    public bool IsInteractive => options.Interactive;

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> ReadVariable => options.Search.ReadVariable;

    /// <summary>The reports.</summary>
    public FanOutLog Log { get; } = new();

    /// <summary>The tables of custom resources.</summary>
    public KindViews Views { get; } = new();

    /// <summary>The tables of comparisons.</summary>
    public ComparisonViews Comparisons => field ??= new(Pool.ShortNames);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
