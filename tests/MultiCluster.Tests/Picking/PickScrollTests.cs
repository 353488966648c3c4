using MultiCluster.Picking;
using static MultiCluster.Tests.Picking.PickItems;

namespace MultiCluster.Tests.Picking;

public sealed class PickScrollTests
{
    private readonly PickState _state = new(Numbered(100)) { Rows = 10 };

    [Fact]
    public void Down_and_up_move_by_one_and_stop_at_the_ends()
    {
        _state.Press(ConsoleKey.UpArrow);
        Assert.Equal(0, _state.Cursor);

        _state.Press(ConsoleKey.DownArrow, ConsoleKey.DownArrow, ConsoleKey.UpArrow);
        Assert.Equal(1, _state.Cursor);

        _state.Press(ConsoleKey.End, ConsoleKey.DownArrow);
        Assert.Equal(99, _state.Cursor);
    }

    [Fact]
    public void The_window_follows_only_when_the_cursor_leaves_it()
    {
        _state.Press([.. Enumerable.Repeat(ConsoleKey.DownArrow, 9)]);
        Assert.Equal(0, _state.Top);

        _state.Press(ConsoleKey.DownArrow);
        Assert.Equal(1, _state.Top);

        _state.Press([.. Enumerable.Repeat(ConsoleKey.UpArrow, 9)]);
        Assert.Equal((1, 1), (_state.Cursor, _state.Top));
    }

    [Fact]
    public void Pages_move_by_the_height_of_the_window()
    {
        _state.Press(ConsoleKey.PageDown, ConsoleKey.PageDown);
        Assert.Equal((20, 11), (_state.Cursor, _state.Top));

        _state.Press(ConsoleKey.PageUp);
        Assert.Equal((10, 10), (_state.Cursor, _state.Top));

        _state.Press(ConsoleKey.PageUp, ConsoleKey.PageUp);
        Assert.Equal((0, 0), (_state.Cursor, _state.Top));
    }

    [Fact]
    public void Home_and_End_go_to_the_ends()
    {
        _state.Press(ConsoleKey.End);
        Assert.Equal((99, 90), (_state.Cursor, _state.Top));

        _state.Press(ConsoleKey.Home);
        Assert.Equal((0, 0), (_state.Cursor, _state.Top));
    }

    [Fact]
    public void A_filter_leaves_no_empty_rows_above_the_end()
    {
        _state.Press([Key(ConsoleKey.End), .. Entered("9")]);

        Assert.Equal(19, _state.Visible.Count);
        Assert.Equal((18, 9), (_state.Cursor, _state.Top));
    }

    [Fact]
    public void A_window_that_shrinks_keeps_the_cursor_and_one_that_grows_is_filled()
    {
        _state.Press(ConsoleKey.End);

        _state.Rows = 3;
        Assert.Equal((99, 97), (_state.Cursor, _state.Top));

        _state.Rows = 40;
        Assert.Equal((99, 60), (_state.Cursor, _state.Top));
    }
}
