using System.Collections;
using System.Collections.Specialized;
using System.Numerics;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Tests.Objects.Trees;

public sealed class TreeJsonTests
{
    [Fact]
    public void Values_of_NET_are_written_as_what_they_are()
    {
        var table = new OrderedDictionary
        {
            ["z"] = 1,
            ["whole"] = 6.0,
            ["real"] = 1.5,
            ["small"] = 1e-7,
            ["exact"] = 0.10m,
            ["big"] = BigInteger.Parse("123456789012345678901234567890", null),
            ["flag"] = true,
            ["nothing"] = null,
            ["time"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ["day"] = DayOfWeek.Friday,
            ["list"] = new ArrayList { 1, "1", Array.Empty<object>() },
            ["map"] = new Dictionary<string, object?> { ["a"] = null },
            [(object)7] = "seven",
            ["half"] = "a\ud800b",
        };

        Assert.Equal(
            """{"z":1,"whole":6,"real":1.5,"small":1E-07,"exact":0.10,"big":123456789012345678901234567890,"flag":true,"nothing":null,"time":"2026-01-02T03:04:05Z","day":"Friday","list":[1,"1",[]],"map":{"a":null},"7":"seven","half":"a"""
            + "\ufffdb\"}",
            Json(table));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_JSON_cannot_say_is_refused(object number) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => Json(new Hashtable { ["a"] = number })).Fault.Phase);

    [Fact]
    public void A_table_that_contains_itself_is_refused()
    {
        var table = new Hashtable();
        table["self"] = new object[] { table };

        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => Json(table)).Fault.Phase);
        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => PlainTree.Of(table, null, new())).Fault.Phase);
    }

    [Fact]
    public void Names_are_found_whatever_their_case_unless_two_differ_in_nothing_else()
    {
        var tree = Tree("""{"spec":{"replicas":1},"data":{"a":"1","A":"2"}}""");

        Assert.Equal(1L, ((IDictionary)tree["Spec"]!)["REPLICAS"]);
        var data = (IDictionary)tree["data"]!;
        Assert.Equal(("1", "2", null), (data["a"], data["A"], tree["other"]));
    }

    [Fact]
    public void A_tree_that_contains_itself_still_has_a_text()
    {
        var tree = Tree("""{"a":1}""");
        tree["self"] = tree;
        tree["again"] = tree;

        Assert.StartsWith("@{a=1; self=@{a=1; self=", tree.ToString(), StringComparison.Ordinal);
    }

    private static KubeTree Tree(string json) => Assert.IsType<KubeTree>(PlainTree.OfDocument(Encoding.UTF8.GetBytes(json)));

    private static string Json(object value) => Encoding.UTF8.GetString(TreeJson.Of(value));
}
