using System.Text;
using MultiCluster.Faults;
using MultiCluster.Logs.Lines;

namespace MultiCluster.Tests.Logs;

public sealed class LogFilterTests
{
    [Theory]
    [InlineData("an error here", true)]
    [InlineData("an ERROR here", true)]
    [InlineData("level=warn", true)]
    [InlineData("an error in /healthz", false)]
    [InlineData("all is well", false)]
    public void A_line_must_fit_one_pattern_to_include_and_none_to_exclude(string line, bool passes) =>
        Assert.Equal(passes, new LogFilter(["error", "level=(warn|fatal)"], ["/healthz", "/readyz"]).Passes(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Without_patterns_every_line_is_wanted() => Assert.True(new LogFilter([], []).Passes("x"u8));

    [Fact]
    public void Only_patterns_to_exclude_let_all_else_pass()
    {
        var filter = new LogFilter([], ["^debug"]);
        Assert.True(filter.Passes("info: x"u8));
        Assert.False(filter.Passes("DEBUG: x"u8));
    }

    [Fact]
    public void A_line_beyond_the_stack_and_one_with_damaged_bytes_are_judged_too()
    {
        var filter = new LogFilter(["needle$"], []);
        Assert.True(filter.Passes(Encoding.UTF8.GetBytes(new string('ü', 5000) + "needle")));
        Assert.True(filter.Passes([0xff, 0xc3, .. "needle"u8]));
    }

    [Fact]
    public void What_is_no_pattern_is_a_fault_that_says_why()
    {
        var fault = Assert.Throws<FaultException>(() => new LogFilter(["(unclosed"], [])).Fault;
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.StartsWith("'(unclosed' of -Include is no regular expression: ", fault.Detail, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
    }

    [Fact]
    public void A_pattern_that_never_gets_done_is_a_fault_and_no_hang()
    {
        var filter = new LogFilter([], ["^(a+)+$"], TimeSpan.FromMilliseconds(50));
        var fault = Assert.Throws<FaultException>(() => filter.Passes(Encoding.UTF8.GetBytes(new string('a', 60) + "!"))).Fault;
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Contains("'^(a+)+$'", fault.Detail, StringComparison.Ordinal);
    }
}
