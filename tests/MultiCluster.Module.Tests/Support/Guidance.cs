using System.Management.Automation;

namespace MultiCluster.Module.Tests.Support;

/// <summary>What every error owes to who reads it.</summary>
internal static class Guidance
{
    /// <summary>It has the id and a way out, and says the words in the message or there.</summary>
    public static void Check(ErrorRecord error, string id, params string[] words)
    {
        var advice = error.ErrorDetails.RecommendedAction;
        TestContext.Current.TestOutputHelper?.WriteLine($"{error.Id()}: {error} -> {advice}");
        Assert.Equal(id, error.Id());
        Assert.False(string.IsNullOrEmpty(advice), "The error says no way out.");
        Assert.All(words, word => Assert.Contains(word, $"{error} {advice}"));
    }
}
