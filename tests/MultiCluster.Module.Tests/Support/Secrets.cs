using System.Text.RegularExpressions;

namespace MultiCluster.Module.Tests.Support;

/// <summary>What the kubeconfigs of these tests hold and no stream may show: the simulator's tokens and passwords, keys, and <c>s3cret</c>.</summary>
internal static partial class Secrets
{
    public static void AssertNoneIn(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Assert.DoesNotMatch(Pattern(), text);
    }

    [GeneratedRegex("-(admin|jane)-token|(sim-1|prod-eu)-password|no-such-token|PRIVATE KEY|LS0tLS1CRUdJTi|s3cret", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
