using System.Collections;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("app=web", "app=web")]
    [InlineData("app == web", "app=web")]
    [InlineData(" app = web , tier != cache ", "app=web,tier!=cache")]
    [InlineData("app", "app")]
    [InlineData("!app", "!app")]
    [InlineData("! app", "!app")]
    [InlineData("app=", "app=")]
    [InlineData("app=,tier", "app=,tier")]
    [InlineData("env in (prod, qa)", "env in (prod,qa)")]
    [InlineData("env notin(prod)", "env notin (prod)")]
    [InlineData("env in (,prod)", "env in (,prod)")]
    [InlineData("in in (in,notin)", "in in (in,notin)")]
    [InlineData("cores > 4,cores<16", "cores>4,cores<16")]
    [InlineData("app.kubernetes.io/name=web", "app.kubernetes.io/name=web")]
    [InlineData("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/control-plane")]
    public void A_selector_gets_its_shortest_form(string text, string expected) => Assert.Equal(expected, LabelSelector.Validate(text));

    [Theory]
    [InlineData("app=web,", 9, "expected a label key after ','")]
    [InlineData(",app=web", 1, "expected a label key, found ','")]
    [InlineData("app=web tier=x", 9, "expected ',' or the end, found 't'")]
    [InlineData("app in web", 8, "expected '(' before the values, found 'w'")]
    [InlineData("app in (web", 12, "expected ',' or ')' after a value, found the end")]
    [InlineData("app is web", 5, "expected one of = == != in notin > <, found 'i'")]
    [InlineData("app===web", 6, "expected a value, found '='")]
    [InlineData("app=we*", 5, "'we*' is no label value")]
    [InlineData("app=a/b", 5, "'a/b' is no label value")]
    [InlineData("-app=web", 1, "'-app' is no label key")]
    [InlineData("Ex_ample/app=web", 1, "'Ex_ample/app' is no label key: the part before the slash")]
    [InlineData("cores>many", 7, "expected a whole number")]
    [InlineData("!", 2, "expected a label key, found the end")]
    public void A_mistake_is_named_with_its_place(string text, int character, string problem)
    {
        var fault = Assert.Throws<FaultException>(() => LabelSelector.Validate(text)).Fault;

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.StartsWith($"the label selector '{text}' is wrong at character {character}: {problem}", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("app=web", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_and_values_have_their_length()
    {
        var long63 = new string('a', 63);

        Assert.Equal($"{long63}={long63}", LabelSelector.Validate($"{long63}={long63}"));
        Assert.Throws<FaultException>(() => LabelSelector.Validate($"{long63}a=x"));
        Assert.Throws<FaultException>(() => LabelSelector.Validate($"x={long63}a"));
    }

    [Fact]
    public void A_table_becomes_a_selector()
    {
        var table = new Hashtable
        {
            ["tier"] = new object[] { "web", "api" },
            ["app"] = "shop",
            ["canary"] = true,
            ["shard"] = 7,
            ["team"] = null,
        };

        Assert.Equal("app=shop,canary=true,shard=7,team,tier in (web,api)", LabelSelector.From(table));
    }

    [Fact]
    public void A_table_cannot_smuggle_in_another_term() =>
        Assert.Throws<FaultException>(() => LabelSelector.From(new Hashtable { ["app"] = "web,tier=x" }));

    [Fact]
    public void A_table_with_an_empty_list_or_a_bad_key_is_refused()
    {
        Assert.Throws<FaultException>(() => LabelSelector.From(new Hashtable { ["app"] = Array.Empty<string>() }));
        Assert.Throws<FaultException>(() => LabelSelector.From(new Hashtable { ["!app"] = null }));
    }
}
