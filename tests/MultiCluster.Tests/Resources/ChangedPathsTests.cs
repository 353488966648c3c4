using System.Text;
using MultiCluster.Objects.Json;
using MultiCluster.Resources;

namespace MultiCluster.Tests.Resources;

public sealed class ChangedPathsTests
{
    [Theory]
    [InlineData("""{"spec":{"replicas":1,"paused":false}}""", """{"spec":{"replicas":2,"paused":false}}""", "spec.replicas")]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", """{"b":{"c":[1,2]},"a":1}""", "")]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{"b":{"c":1}}}""", "spec.b spec.a")]
    [InlineData("""{"spec":{"a":{"x":1}}}""", """{"spec":{"a":[1]}}""", "spec.a")]
    [InlineData("""{"spec":{"a":null}}""", """{"spec":{"a":0}}""", "spec.a")]
    [InlineData("""{"metadata":{"annotations":{"example.com/owner":"a"}}}""", """{"metadata":{"annotations":{"example.com/owner":"b","it's":"c"}}}""", "metadata.annotations['example.com/owner'] metadata.annotations['it''s']")]
    [InlineData("""{"metadata":{"resourceVersion":"1","generation":1,"managedFields":[{"time":1}]}}""", """{"metadata":{"resourceVersion":"2","generation":2,"managedFields":[{"time":2}]}}""", "metadata.generation")]
    [InlineData("""{"spec":1}""", """{"kind":"Pod","apiVersion":"v1","spec":1}""", "")]
    [InlineData("""{"metadata":{}}""", """{"metadata":{"managedFields":[]}}""", "")]
    [InlineData("""{"a":[1,2,3]}""", """{"a":[1,5]}""", "a[1] a[2]")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", "a[1]")]
    [InlineData("""{"c":[{"name":"x","image":"1"},{"name":"y","image":"1"}]}""", """{"c":[{"name":"new"},{"name":"y","image":"2"},{"name":"x","image":"1"}]}""", "c[0] c[1].image")]
    [InlineData("""{"c":[{"type":"Ready","status":"True"},{"type":"Old"}]}""", """{"c":[{"type":"Ready","status":"False"}]}""", "c[0].status c[1]")]
    [InlineData("""{"c":[{"name":"x","v":1},{"name":"x","v":2}]}""", """{"c":[{"name":"x","v":1},{"name":"x","v":3}]}""", "c[1].v")]
    [InlineData("""{"a":[]}""", """{"a":[{"name":"x"}]}""", "a[0]")]
    public void The_paths_that_differ_are_named(string before, string now, string paths) =>
        Assert.Equal(paths.Split(' ', StringSplitOptions.RemoveEmptyEntries), ChangedPaths.Between(Of(before), Of(now)));

    [Theory]
    [InlineData("""{"a":""", "}")]
    [InlineData("[", "]")]
    public void What_lies_deeper_than_a_stack_bears_counts_as_one_path(string down, string up)
    {
        JsonSlice Deep(int core) => Of($$"""{"spec":{{string.Concat(Enumerable.Repeat(down, 100_000))}}{{core}}{{string.Concat(Enumerable.Repeat(up, 100_000))}}}""");

        Assert.StartsWith("spec", Assert.Single(ChangedPaths.Between(Deep(1), Deep(2))), StringComparison.Ordinal);
    }

    private static JsonSlice Of(string json) => new(Encoding.UTF8.GetBytes(json), 0);
}
