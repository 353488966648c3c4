using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(MultiCluster.Tests.Windows.SkippingFramework))]

namespace MultiCluster.Tests.Windows;

/// <summary>xunit's own framework, which skips what the file says that the variable MULTICLUSTER_SKIPPED names: all tests where there is none run.</summary>
public sealed class SkippingFramework : XunitTestFramework
{
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new SkippingExecutor(new XunitTestAssembly(assembly, null, null, null, null, null, assembly.GetName().Version));
}

/// <summary>Gives the tests of the list their reasons before it runs them: neither they nor what they share is made.</summary>
public sealed class SkippingExecutor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
{
    public override ValueTask RunTestCases(
        IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("MULTICLUSTER_SKIPPED") is { Length: > 0 } path)
        {
            var list = SkipList.Read(File.ReadLines(path));
            foreach (var testCase in testCases.OfType<XunitTestCase>())
            {
                if (list.ReasonOf($"{testCase.TestClassName}.{testCase.TestMethodName}") is { } reason)
                    typeof(XunitTestCase).GetProperty(nameof(XunitTestCase.SkipReason))!.SetValue(testCase, reason);
            }
        }

        return base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken);
    }
}

/// <summary>Reasons, each a line that begins at the margin, and under each the tests that it is for: indented, with <c>*</c> for any text.</summary>
internal sealed class SkipList
{
    private readonly List<(Regex Tests, string Reason)> _entries = [];

    public static SkipList Read(IEnumerable<string> lines)
    {
        var list = new SkipList();
        var reason = "";
        foreach (var line in lines.Where(static line => line.Trim() is { Length: > 0 } text && text[0] != '#'))
        {
            if (char.IsWhiteSpace(line[0]))
                list._entries.Add((new Regex($"^MultiCluster\\.(Module\\.)?Tests\\.{Regex.Escape(line.Trim()).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant), reason));
            else
                reason = line.Trim();
        }

        return list;
    }

    public string? ReasonOf(string test) => _entries.FirstOrDefault(entry => entry.Tests.IsMatch(test)).Reason;
}
