using System.Collections;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class FieldSelectorTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("status.phase=Running", "status.phase=Running")]
    [InlineData(" status.phase == Running , spec.nodeName != n1,", "status.phase=Running,spec.nodeName!=n1")]
    [InlineData("spec.nodeName=", "spec.nodeName=")]
    [InlineData(@"metadata.name=a\,b\=c\\d", @"metadata.name=a\,b\=c\\d")]
    public void A_selector_gets_its_shortest_form(string text, string expected) => Assert.Equal(expected, FieldSelector.Validate(text));

    [Theory]
    [InlineData("status.phase", 13, "expected one of = == !=")]
    [InlineData("a=b,status.phase in (Running)", 30, "expected one of = == !=")]
    [InlineData("=Running", 1, "expected a field")]
    [InlineData("status phase=Running", 1, "'status phase' is no field")]
    [InlineData("a=b=c", 4, "'=' in a value")]
    [InlineData(@"a=b\c", 4, "only")]
    [InlineData("a!b", 2, "expected one of")]
    public void A_mistake_is_named_with_its_place(string text, int character, string problem)
    {
        var fault = Assert.Throws<FaultException>(() => FieldSelector.Validate(text)).Fault;

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.StartsWith($"the field selector '{text}' is wrong at character {character}: {problem}", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("status.phase=Running", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_becomes_a_selector() => Assert.Equal(
        @"metadata.name=a\,b,spec.unschedulable=true,status.phase=Running",
        FieldSelector.From(new Hashtable { ["status.phase"] = "Running", ["metadata.name"] = "a,b", ["spec.unschedulable"] = true }));

    [Fact]
    public void A_table_with_several_values_is_refused() =>
        Assert.Throws<FaultException>(() => FieldSelector.From(new Hashtable { ["status.phase"] = new ArrayList { "Running", "Failed" } }));
}
