using System.Collections;
using MultiCluster.Objects.Json;

namespace MultiCluster.Tests.Objects.Json;

public sealed class TextListTests
{
    [Fact]
    public void It_is_a_list_and_one_text()
    {
        TextList list = ["a", "b"];

        Assert.Equal(["a", "b"], list);
        Assert.Equal((2, "b", "a;b", ""), (list.Count, list[1], list.ToString(), new TextListTests().Empty.ToString()));
        Assert.True(((IList)list).Contains("b"));
        Assert.Throws<NotSupportedException>(() => ((IList)list)[0] = "c");
    }

    private TextList Empty { get; } = [];
}
