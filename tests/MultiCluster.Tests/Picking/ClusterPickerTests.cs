using MultiCluster.Faults;
using MultiCluster.Picking;
using Spectre.Console;
using static MultiCluster.Tests.Picking.PickItems;

namespace MultiCluster.Tests.Picking;

public sealed class ClusterPickerTests
{
    private static readonly IReadOnlyList<PickItem> Some =
    [
        Item("prod", "/kube/one", ticked: true, groups: ["eu", "live"]),
        Item("prod", "/kube/two"),
        Item("[x] odd [red]name", "/kube/[three]"),
        Item("broken", "/kube/four", refusal: "It has no server."),
    ];

    [Fact]
    public async Task Enter_gives_the_ticked_items_in_the_order_of_the_list()
    {
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow), Key(ConsoleKey.DownArrow), Key(ConsoleKey.Spacebar), Key(ConsoleKey.Enter)]);

        var picked = await Pick(terminal);

        Assert.Equal([Some[0], Some[2]], picked!);
    }

    [Fact]
    public async Task Escape_gives_null() => Assert.Null(await Pick(new TestTerminal(80, 24, [Key(ConsoleKey.Escape)])));

    [Fact]
    public async Task The_picture_shows_marks_reasons_keys_and_the_count()
    {
        var terminal = new TestTerminal(130, 24, [Key(ConsoleKey.Escape)]);

        await Pick(terminal);

        Assert.Equal(
            """
            Select clusters
            Filter: _ type to filter by name, group or path
            > [x] prod               eu,live  /kube/one
               -  prod               prod is already active. Duplicate context names are not allowed.
              [ ] [x] odd [red]name           /kube/[three]
               -  broken             It has no server.
            prod  eu,live  /kube/one

            1 of 4 ticked  Space tick  Enter accept  Esc cancel  Ctrl+A tick all  Ctrl+D untick all
            """.ReplaceLineEndings("\n"),
            terminal.Screen.Pictures[0]);
    }

    [Fact]
    public async Task Trying_to_tick_a_duplicate_shows_the_whole_reason_on_the_narrowest_terminal()
    {
        var terminal = new TestTerminal(60, 24, [Key(ConsoleKey.DownArrow), Key(ConsoleKey.Spacebar), Key(ConsoleKey.Escape)]);

        await Pick(terminal);

        Assert.Contains("\nprod is already active. Duplicate context names are not\nallowed.\n", terminal.Screen.Pictures[^1], StringComparison.Ordinal);
        Assert.Contains("\n>  -  prod  prod is already active. Duplicate context name…\n", terminal.Screen.Pictures[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_leaves_nothing_says_so()
    {
        var terminal = new TestTerminal(80, 24, [.. Entered("zz"), Key(ConsoleKey.Escape), Key(ConsoleKey.Escape)]);

        await Pick(terminal);

        Assert.Contains("No cluster matches the filter.", terminal.Screen.Pictures[2], StringComparison.Ordinal);
        Assert.Contains("0 of 4 shown", terminal.Screen.Pictures[2], StringComparison.Ordinal);
        Assert.Contains("Esc clear filter", terminal.Screen.Pictures[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 24)]
    [InlineData(60, 11)]
    [InlineData(20, 5)]
    [InlineData(8, 2)]
    [InlineData(300, 80)]
    public async Task Every_picture_fits_the_terminal_and_is_written_at_once(int width, int height)
    {
        var items = Numbered(10_000).Select(item => item with { Detail = new string('d', 100), Groups = ["a-long-group-name", "another-one"] }).ToArray();
        var terminal = new TestTerminal(width, height, [Key(ConsoleKey.End), Key(ConsoleKey.Spacebar), Key(ConsoleKey.PageUp), Key(ConsoleKey.Enter)]);

        var picked = await ClusterPicker.PickAsync(items, terminal, TestContext.Current.CancellationToken);

        Assert.Equal([items[^1]], picked!);
        Assert.InRange(terminal.Screen.WidestLine, 1, width - 1);
        Assert.Equal(5, terminal.Screen.Writes);
    }

    [Fact]
    public async Task Only_the_window_of_a_long_list_is_written()
    {
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.End), Key(ConsoleKey.Escape)]);

        await ClusterPicker.PickAsync(Numbered(10_000), terminal, TestContext.Current.CancellationToken);

        Assert.Contains("9984-10000 of 10000", terminal.Screen.Pictures[1], StringComparison.Ordinal);
        Assert.Contains("> [ ] cluster-09999", terminal.Screen.Pictures[1], StringComparison.Ordinal);
        Assert.DoesNotContain("cluster-05000", terminal.Screen.Raw.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConsoleKey.Enter)]
    [InlineData(ConsoleKey.Escape)]
    public async Task The_terminal_is_left_as_it_was(ConsoleKey last)
    {
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow), Key(last)]);
        terminal.Screen.Write("before\r\n");

        await Pick(terminal);

        AssertRestored(terminal, "before", (1, 0));
    }

    [Fact]
    public async Task The_terminal_is_left_as_it_was_when_the_picking_is_cancelled_from_outside()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow)]) { OnIdle = source.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClusterPicker.PickAsync(Some, terminal, source.Token));

        AssertRestored(terminal, "", (0, 0));
    }

    [Fact]
    public async Task The_terminal_is_left_as_it_was_when_something_breaks()
    {
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow)]);

        await Assert.ThrowsAsync<InvalidDataException>(() => Pick(terminal));

        AssertRestored(terminal, "", (0, 0));
    }

    [Fact]
    public async Task A_resized_terminal_gets_a_new_picture_without_a_key()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var idles = 0;
        var text = "";
        TestTerminal? terminal = null;
        terminal = new TestTerminal(130, 24, [])
        {
            OnIdle = () =>
            {
                terminal!.Width = 60;
                text = terminal.Screen.Text;
                if (++idles == 3)
                    source.Cancel();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClusterPicker.PickAsync(Some, terminal, source.Token));

        Assert.Contains("Esc cancel\nCtrl+A tick all", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_cannot_write_to_the_terminal()
    {
        var terminal = new TestTerminal(80, 24, [Key(ConsoleKey.Escape)]);

        await ClusterPicker.PickAsync([Item("evil\e[2Jname\r\n\u202Etxt", "/a\tb")], terminal, TestContext.Current.CancellationToken);

        Assert.Contains("> [ ] evil\\u001b[2Jname\\u000d\\u000a\\u202etxt  /a\\u0009b\n", terminal.Screen.Pictures[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colours_no_colour_is_written_and_nothing_is_lost()
    {
        var plain = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow), Key(ConsoleKey.Spacebar), Key(ConsoleKey.Escape)]);
        var coloured = new TestTerminal(80, 24, [Key(ConsoleKey.DownArrow), Key(ConsoleKey.Spacebar), Key(ConsoleKey.Escape)], ColorSystemSupport.Standard);

        await Pick(plain);
        await Pick(coloured);

        Assert.DoesNotMatch(@"\e\[([0-9]+;)*[349][0-9]", plain.Screen.Raw.ToString());
        Assert.Matches(@"\e\[([0-9]+;)*[39][0-9]", coloured.Screen.Raw.ToString());
        Assert.Equal(coloured.Screen.Pictures, plain.Screen.Pictures);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Without_a_terminal_the_fault_says_what_to_do(bool outputIsTerminal, bool inputIsRedirected)
    {
        var terminal = new TestTerminal(80, 24, [], isTerminal: outputIsTerminal) { InputIsRedirected = inputIsRedirected };

        var thrown = await Assert.ThrowsAsync<FaultException>(() => Pick(terminal));

        Assert.Equal(FaultPhase.Invalid, thrown.Fault.Phase);
        Assert.EndsWith("needs a terminal", thrown.Fault.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Name the clusters instead", thrown.Fault.Advice, StringComparison.Ordinal);
        Assert.Equal("", terminal.Screen.Raw.ToString());
    }

    private static Task<IReadOnlyList<PickItem>?> Pick(TestTerminal terminal) =>
        ClusterPicker.PickAsync(Some, terminal, TestContext.Current.CancellationToken);

    private static void AssertRestored(TestTerminal terminal, string text, (int Row, int Column) cursor)
    {
        Assert.Equal(text, terminal.Screen.Text);
        Assert.Equal(cursor, terminal.Screen.Cursor);
        Assert.True(terminal.Screen.CursorVisible);
        Assert.True(terminal.Screen.Wraps);
    }
}
