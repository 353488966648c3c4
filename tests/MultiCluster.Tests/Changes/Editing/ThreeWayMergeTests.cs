using System.Text.Json.Nodes;
using MultiCluster.Changes.Editing;

namespace MultiCluster.Tests.Changes.Editing;

/// <summary>What was done to an object that was shown, done to a cluster's own.</summary>
public sealed class ThreeWayMergeTests
{
    [Theory]
    [InlineData("a field", "{a: 1, b: 1}", "{a: 2, b: 1}", "{a: 1, b: 9}", "{a: 2, b: 9}")]
    [InlineData("a field that is gone", "{a: 1, b: 1}", "{a: 1}", "{a: 1, b: 1, c: 1}", "{a: 1, c: 1}")]
    [InlineData("a new field", "{a: 1}", "{a: 1, b: {c: 1}}", "{a: 7}", "{a: 7, b: {c: 1}}")]
    [InlineData("a field of a table that is not there", "{}", "{b: {c: 1}}", "{b: {d: 1}}", "{b: {d: 1, c: 1}}")]
    [InlineData("a label where there are none", "{l: {x: 1}}", "{l: {x: 1, y: 1}}", "{}", "{l: {y: 1}}")]
    [InlineData("what is so already", "{a: 1}", "{a: 2}", "{a: 2}", "{a: 2}")]
    [InlineData("nothing", "{a: 1}", "{a: 1}", "{a: 5, t: null}", "{a: 5, t: null}")]
    [InlineData("one element by its name", "{l: [{name: a, v: 1}, {name: b, v: 1}]}", "{l: [{name: a, v: 2}, {name: b, v: 1}]}",
        "{l: [{name: b, v: 8}, {name: x}, {name: a, v: 1, w: 1}]}", "{l: [{name: b, v: 8}, {name: x}, {name: a, v: 2, w: 1}]}")]
    [InlineData("an element that is gone", "{l: [{name: a}, {name: b}]}", "{l: [{name: b}]}", "{l: [{name: a}, {name: c}, {name: b, v: 3}]}", "{l: [{name: c}, {name: b, v: 3}]}")]
    [InlineData("a new element, after the one that it follows", "{l: [{name: a}, {name: b}]}", "{l: [{name: a}, {name: m}, {name: b}]}",
        "{l: [{name: x}, {name: a}, {name: b}]}", "{l: [{name: x}, {name: a}, {name: m}, {name: b}]}")]
    [InlineData("the first element of a list", "{}", "{l: [{name: a}]}", "{l: [{name: b}]}", "{l: [{name: a}, {name: b}]}")]
    [InlineData("the last element of a list", "{l: [{name: a}]}", "{l: []}", "{l: [{name: a}, {name: b}]}", "{l: [{name: b}]}")]
    [InlineData("a port by its number and protocol", "{p: [{port: 53, protocol: TCP, n: 1}, {port: 53, protocol: UDP, n: 1}]}", "{p: [{port: 53, protocol: TCP, n: 1}, {port: 53, protocol: UDP, n: 2}]}",
        "{p: [{port: 53, protocol: UDP, n: 1}, {port: 53, protocol: TCP, n: 4}]}", "{p: [{port: 53, protocol: UDP, n: 2}, {port: 53, protocol: TCP, n: 4}]}")]
    [InlineData("the order", "{l: [{name: a}, {name: b}]}", "{l: [{name: b}, {name: a}]}", "{l: [{name: x}, {name: a, v: 1}, {name: b}]}", "{l: [{name: x}, {name: b}, {name: a, v: 1}]}")]
    [InlineData("a list without keys, as a whole", "{l: [x, y]}", "{l: [x]}", "{l: [x, y]}", "{l: [x]}")]
    public void What_was_edited_changes_and_all_else_stays(string what, string shown, string saved, string own, string expected)
    {
        var merge = ThreeWayMerge.Of(Tree(shown), Tree(saved), Tree(own), force: false);

        Assert.Empty(merge.Conflicts);
        Assert.True(JsonNode.DeepEquals(Tree(expected), merge.Merged), $"{what}: {merge.Merged.ToJsonString()}");
    }

    [Theory]
    [InlineData("a", "{a: 1}", "{a: 2}", "{a: 3}", "{a: 2}")]
    [InlineData("a", "{a: 1}", "{}", "{a: 3}", "{}")]
    [InlineData("a", "{a: 1}", "{a: 2}", "{}", "{a: 2}")]
    [InlineData("a", "{}", "{a: 2}", "{a: 3}", "{a: 2}")]
    [InlineData("l[name=a].v", "{l: [{name: a, v: 1}]}", "{l: [{name: a, v: 2}]}", "{l: [{name: a, v: 3, w: 1}]}", "{l: [{name: a, v: 2, w: 1}]}")]
    [InlineData("l[name=a]", "{l: [{name: a, v: 1}]}", "{l: [{name: a, v: 2}]}", "{l: [{name: b}]}", "{l: [{name: a, v: 2}, {name: b}]}")]
    [InlineData("l[name=a]", "{l: [{name: a, v: 1}]}", "{l: []}", "{l: [{name: a, v: 9}]}", "{l: []}")]
    [InlineData("l", "{l: [x, y]}", "{l: [x]}", "{l: [x, y, z]}", "{l: [x]}")]
    [InlineData("l", "{l: [{name: a}, {name: b}, {name: c}]}", "{l: [{name: b}, {name: a}, {name: c}]}", "{l: [{name: c}, {name: a}, {name: b}]}", "{l: [{name: b}, {name: a}, {name: c}]}")]
    [InlineData("t['x.io/y']", "{t: {x.io/y: 1}}", "{t: {x.io/y: 2}}", "{t: {x.io/y: 3}}", "{t: {x.io/y: 2}}")]
    public void What_was_edited_and_is_another_there_is_a_conflict_and_stays_unless_it_is_overwritten(string path, string shown, string saved, string own, string forced)
    {
        var merge = ThreeWayMerge.Of(Tree(shown), Tree(saved), Tree(own), force: false);

        Assert.Equal(path, Assert.Single(merge.Conflicts).Path);
        Assert.True(JsonNode.DeepEquals(Tree(own), merge.Merged), merge.Merged.ToJsonString());

        var overwritten = ThreeWayMerge.Of(Tree(shown), Tree(saved), Tree(own), force: true);

        Assert.Empty(overwritten.Conflicts);
        Assert.True(JsonNode.DeepEquals(Tree(forced), overwritten.Merged), overwritten.Merged.ToJsonString());
    }

    [Theory]
    [InlineData("{a: 1, b: {c: 1, d: 1}}", "{a: 1, b: {c: 2}, e: [1]}", "{b: {c: 2, d: null}, e: [1]}")]
    [InlineData("{a: 1, t: null}", "{a: 1, t: null}", null)]
    [InlineData("{a: {b: 1}}", "{a: 2}", "{a: 2}")]
    public void The_patch_that_makes_one_of_another_says_what_differs_and_nothing_else(string before, string after, string? patch) =>
        Assert.True(JsonNode.DeepEquals(patch is null ? null : Tree(patch), MergeDifference.Between(Tree(before), Tree(after))));

    private static JsonObject Tree(string yaml) => Trees.Of(yaml);
}
