using MultiCluster.Picking;
using static MultiCluster.Tests.Picking.PickItems;

namespace MultiCluster.Tests.Picking;

public sealed class PickFilterTests
{
    [Fact]
    public void Typing_leaves_the_items_whose_name_detail_or_group_contains_the_text_in_any_case()
    {
        var state = new PickState([Item("in-PROD-name"), Item("b", "/kube/Prod.yaml"), Item("c", groups: ["eu", "prod"]), Item("test")]);

        state.Press(Entered("pRoD"));

        Assert.Equal(["in-PROD-name", "b", "c"], state.VisibleNames());
    }

    [Fact]
    public void When_nothing_contains_the_text_names_with_its_characters_in_order_are_left()
    {
        var state = new PickState([Item("prod-eu"), Item("prod-us"), Item("ue-dorp")]);

        state.Press(Entered("PDeu"));

        Assert.Equal(["prod-eu"], state.VisibleNames());
    }

    [Fact]
    public void Near_matches_do_not_join_true_ones()
    {
        var state = new PickState([Item("peu"), Item("prod-eu")]);

        state.Press(Entered("peu"));

        Assert.Equal(["peu"], state.VisibleNames());
    }

    [Fact]
    public void Backspace_takes_back_one_character_even_one_of_two_halves()
    {
        var state = new PickState([Item("a")]);

        state.Press([.. Entered("a😀"), Key(ConsoleKey.Backspace)]);
        Assert.Equal("a", state.Filter);

        state.Press(ConsoleKey.Backspace, ConsoleKey.Backspace);
        Assert.Equal("", state.Filter);
    }

    [Fact]
    public void A_character_typed_with_AltGr_is_text()
    {
        var state = new PickState([Item("admin@prod"), Item("test")]);

        state.Press([new ConsoleKeyInfo('@', ConsoleKey.Q, false, true, true)]);

        Assert.Equal(["admin@prod"], state.VisibleNames());
    }

    [Fact]
    public void The_cursor_stays_with_its_item_while_the_filter_changes()
    {
        var state = new PickState([Item("aa"), Item("ab"), Item("bb")]);

        state.Press([Key(ConsoleKey.End), .. Entered("b")]);
        Assert.Equal("bb", state.Items[state.Current!.Value].Name);

        state.Press(ConsoleKey.Escape);
        Assert.Equal("bb", state.Items[state.Current!.Value].Name);
    }

    [Fact]
    public void The_cursor_comes_back_after_a_filter_that_leaves_nothing()
    {
        var state = new PickState([Item("a"), Item("b")]);

        state.Press([Key(ConsoleKey.End), .. Entered("x")]);
        Assert.Null(state.Current);

        state.Press(ConsoleKey.Backspace);
        Assert.Equal(1, state.Current);
    }

    [Fact]
    public void The_cursor_goes_to_the_next_item_that_is_left()
    {
        var state = new PickState([Item("b1"), Item("a"), Item("b2")]);

        state.Press([Key(ConsoleKey.DownArrow), .. Entered("b")]);

        Assert.Equal(2, state.Current);
    }
}
