using System.Management.Automation;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Tab, pressed again: an answer that comes too late for one is there for the next.</summary>
internal static class Tab
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What is offered under a text, once it is.</summary>
    public static CompletionResult Offer(this Shell shell, string line, string text) =>
        shell.Offers(line, offers => offers.Any(offer => offer.CompletionText == text)).First(offer => offer.CompletionText == text);

    /// <summary>All that is offered, once anything is.</summary>
    public static IReadOnlyList<CompletionResult> Offers(this Shell shell, string line) => shell.Offers(line, static offers => offers.Count > 0);

    /// <summary>All that is offered, once it is what is wanted.</summary>
    public static IReadOnlyList<CompletionResult> Offers(this Shell shell, string line, Func<IReadOnlyList<CompletionResult>, bool> wanted)
    {
        IReadOnlyList<CompletionResult> offers = [];
        var came = SpinWait.SpinUntil(() => wanted(offers = shell.Complete(line)), Patience);
        Assert.True(came, $"{line}<Tab> offers {string.Join(", ", offers.Select(static offer => $"{offer.CompletionText} ({offer.ToolTip})"))}");
        return offers;
    }
}
