using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Architecture;

/// <summary>The promises of docs/security.md, each of which names the tests that hold it.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_that_a_promise_names_is_there()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).ToList();
        var promises = Promise().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"))).Select(static row => row.Groups[1].Value).ToList();

        Assert.NotEmpty(promises);
        foreach (var promise in promises)
        {
            var named = Name().Matches(promise).Select(static match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(files, file => file.EndsWith($"/{name}.cs", StringComparison.Ordinal)));
        }
    }

    /// <summary>The last cell of a row that is no header.</summary>
    [GeneratedRegex(@"^\| (?!Promise)[^-|].* \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex("`([A-Za-z/]+)`")]
    private static partial Regex Name();
}
