using MultiCluster.Picking;
using static MultiCluster.Tests.Picking.PickItems;

namespace MultiCluster.Tests.Picking;

public sealed class PickStateTests
{
    private const string Duplicate = "prod is already active. Duplicate context names are not allowed.";

    [Fact]
    public void Items_that_are_selected_begin_ticked()
    {
        var state = new PickState([Item("a"), Item("b", ticked: true)]);

        Assert.Equal([":b"], state.TickedIds());
    }

    [Fact]
    public void Of_two_selected_items_with_one_name_the_first_begins_ticked()
    {
        var state = new PickState([Item("prod", "one", ticked: true), Item("prod", "two", ticked: true)]);

        Assert.Equal(["one:prod"], state.TickedIds());
    }

    [Fact]
    public void A_refused_item_never_begins_ticked()
    {
        var state = new PickState([Item("a", ticked: true, refusal: "It has no server.")]);

        Assert.Equal(0, state.TickedCount);
    }

    [Fact]
    public void Space_ticks_and_unticks_the_item_at_the_cursor()
    {
        var state = new PickState([Item("a"), Item("b")]);

        state.Press(ConsoleKey.DownArrow, ConsoleKey.Spacebar);
        Assert.Equal([":b"], state.TickedIds());

        state.Press(ConsoleKey.Spacebar);
        Assert.Empty(state.TickedIds());
    }

    [Fact]
    public void While_one_of_a_name_is_ticked_the_others_say_why_they_cannot_be()
    {
        var state = new PickState([Item("prod", "one", ticked: true), Item("prod", "two"), Item("Prod", "three")]);

        Assert.Null(state.ReasonAgainst(0));
        Assert.Equal(Duplicate, state.ReasonAgainst(1));
        Assert.Null(state.ReasonAgainst(2));
    }

    [Fact]
    public void Trying_to_tick_a_duplicate_says_why_and_changes_nothing()
    {
        var state = new PickState([Item("prod", "one", ticked: true), Item("prod", "two")]);

        state.Press(ConsoleKey.DownArrow, ConsoleKey.Spacebar);

        Assert.Equal(Duplicate, state.Message);
        Assert.Equal(["one:prod"], state.TickedIds());
    }

    [Fact]
    public void Unticking_one_frees_the_others_of_its_name()
    {
        var state = new PickState([Item("prod", "one", ticked: true), Item("prod", "two")]);

        state.Press(ConsoleKey.Spacebar, ConsoleKey.DownArrow, ConsoleKey.Spacebar);

        Assert.Equal(["two:prod"], state.TickedIds());
        Assert.Equal(Duplicate, state.ReasonAgainst(0));
    }

    [Fact]
    public void Trying_to_tick_a_refused_item_says_its_reason()
    {
        var state = new PickState([Item("broken", refusal: "It has no server.")]);

        state.Press(ConsoleKey.Spacebar);

        Assert.Equal("It has no server.", state.Message);
        Assert.Equal(0, state.TickedCount);
    }

    [Fact]
    public void A_message_lasts_until_the_next_key()
    {
        var state = new PickState([Item("broken", refusal: "It has no server."), Item("a")]);

        state.Press(ConsoleKey.Spacebar, ConsoleKey.DownArrow);

        Assert.Null(state.Message);
    }

    [Fact]
    public void Control_A_ticks_all_that_may_be_and_the_first_of_each_name()
    {
        var state = new PickState([Item("prod", "one"), Item("prod", "two"), Item("test"), Item("broken", refusal: "It has no server.")]);

        state.Press([Control(ConsoleKey.A)]);

        Assert.Equal(["one:prod", ":test"], state.TickedIds());
        Assert.Equal("Ticked 2. 2 cannot be ticked: see the reason beside each.", state.Message);
    }

    [Fact]
    public void Control_A_leaves_a_name_with_the_item_that_holds_it()
    {
        var state = new PickState([Item("prod", "one"), Item("prod", "two", ticked: true)]);

        state.Press([Control(ConsoleKey.A)]);

        Assert.Equal(["two:prod"], state.TickedIds());
    }

    [Fact]
    public void Control_A_ticks_only_what_the_filter_leaves()
    {
        var state = new PickState([Item("prod-eu"), Item("test"), Item("prod-us")]);

        state.Press([.. Entered("prod"), Control(ConsoleKey.A)]);

        Assert.Equal([":prod-eu", ":prod-us"], state.TickedIds());
        Assert.Equal("Ticked 2.", state.Message);
    }

    [Theory]
    [InlineData(ConsoleKey.D)]
    [InlineData(ConsoleKey.N)]
    public void Control_D_and_Control_N_untick_only_what_the_filter_leaves(ConsoleKey key)
    {
        var state = new PickState([Item("prod", ticked: true), Item("test", ticked: true)]);

        state.Press([.. Entered("test"), Control(key)]);

        Assert.Equal([":prod"], state.TickedIds());
    }

    [Fact]
    public void Enter_accepts_and_what_the_filter_hides_stays_ticked()
    {
        var state = new PickState([Item("prod", ticked: true), Item("test")]);

        var outcome = state.Press([.. Entered("test"), Key(ConsoleKey.Spacebar), Key(ConsoleKey.Enter)]);

        Assert.Equal(PickOutcome.Accepted, outcome);
        Assert.Equal([":prod", ":test"], state.TickedIds());
    }

    [Fact]
    public void Enter_accepts_that_everything_was_unticked()
    {
        var state = new PickState([Item("prod", ticked: true)]);

        Assert.Equal(PickOutcome.Accepted, state.Press(ConsoleKey.Spacebar, ConsoleKey.Enter));
        Assert.Empty(state.Ticked);
    }

    [Fact]
    public void Enter_without_any_tick_before_and_now_says_how_to_tick()
    {
        var state = new PickState([Item("prod")]);

        Assert.Equal(PickOutcome.Continue, state.Press(ConsoleKey.Enter));
        Assert.Equal("Nothing is ticked. Space ticks the line at the cursor, Esc leaves.", state.Message);
    }

    [Fact]
    public void Escape_clears_the_filter_first_and_cancels_when_there_is_none()
    {
        var state = new PickState([Item("prod"), Item("test")]);
        state.Press(Entered("te"));

        Assert.Equal(PickOutcome.Continue, state.Press(ConsoleKey.Escape));
        Assert.Equal("", state.Filter);
        Assert.Equal(PickOutcome.Cancelled, state.Press(ConsoleKey.Escape));
    }

    [Fact]
    public void Control_C_cancels_even_with_a_filter()
    {
        var state = new PickState([Item("prod")]);

        Assert.Equal(PickOutcome.Cancelled, state.Press([.. Entered("p"), Control(ConsoleKey.C)]));
    }

    [Fact]
    public void Keys_without_a_meaning_do_nothing()
    {
        var state = new PickState([Item("a", ticked: true)]);

        var outcome = state.Press([Key(ConsoleKey.F5), Key(ConsoleKey.Tab), Control(ConsoleKey.X), new ConsoleKeyInfo('x', ConsoleKey.X, false, true, false)]);

        Assert.Equal(PickOutcome.Continue, outcome);
        Assert.Equal("", state.Filter);
        Assert.Equal(1, state.TickedCount);
    }

    [Fact]
    public void An_empty_list_takes_every_key()
    {
        var state = new PickState([]);

        state.Press(ConsoleKey.DownArrow, ConsoleKey.End, ConsoleKey.PageUp, ConsoleKey.Spacebar);
        state.Press([Control(ConsoleKey.A), Control(ConsoleKey.D)]);

        Assert.Null(state.Current);
        Assert.Equal((0, 0), (state.Cursor, state.Top));
    }
}
