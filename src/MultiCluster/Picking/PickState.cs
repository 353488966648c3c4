namespace MultiCluster.Picking;

/// <summary>The picker without its terminal: what is ticked, what the filter leaves, where the cursor stands, and what each key does to that.</summary>
internal sealed class PickState
{
    private readonly PickTicks _ticks;
    private readonly bool _beganEmpty;
    private List<int> _visible;
    private int _rows = 10;

    // The item last under the cursor: where to go back to when a filter that leaves nothing is taken away.
    private int _anchor;

    public PickState(IReadOnlyList<PickItem> items)
    {
        Items = items;
        _ticks = new PickTicks(items);
        _beganEmpty = _ticks.Count == 0;
        _visible = [.. Enumerable.Range(0, items.Count)];
    }

    public IReadOnlyList<PickItem> Items { get; }

    /// <summary>Indices into <see cref="Items"/> of what the filter leaves.</summary>
    public IReadOnlyList<int> Visible => _visible;

    /// <summary>The cursor's place in <see cref="Visible"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>The place in <see cref="Visible"/> of the window's first row.</summary>
    public int Top { get; private set; }

    /// <summary>How many rows the window has.</summary>
    public int Rows
    {
        get => _rows;
        set
        {
            _rows = Math.Max(1, value);
            MoveTo(Cursor);
        }
    }

    public string Filter { get; private set; } = "";

    /// <summary>What the last key has to say; <see langword="null"/> when it did what it should.</summary>
    public string? Message { get; private set; }

    public int TickedCount => _ticks.Count;

    /// <summary>The ticked items, also those that the filter hides, in the order of the list.</summary>
    public IReadOnlyList<PickItem> Ticked => _ticks.Items;

    /// <summary>The index of the item under the cursor; <see langword="null"/> when the filter leaves none.</summary>
    public int? Current => _visible.Count == 0 ? null : _visible[Cursor];

    public bool IsTicked(int index) => _ticks.IsTicked(index);

    /// <summary>Why an item cannot be ticked now.</summary>
    public string? ReasonAgainst(int index) => _ticks.ReasonAgainst(index);

    /// <summary>Does what a key asks for. Keys without a meaning do nothing.</summary>
    public PickOutcome Handle(ConsoleKeyInfo key)
    {
        Message = null;
        if (key.Modifiers == ConsoleModifiers.Control)
            return HandleControl(key.Key);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return Accept();
            case ConsoleKey.Escape when Filter.Length == 0:
                return PickOutcome.Cancelled;
            case ConsoleKey.Escape:
                SetFilter("");
                break;
            case ConsoleKey.UpArrow:
                MoveTo(Cursor - 1);
                break;
            case ConsoleKey.DownArrow:
                MoveTo(Cursor + 1);
                break;
            case ConsoleKey.PageUp:
                MoveTo(Cursor - Rows);
                break;
            case ConsoleKey.PageDown:
                MoveTo(Cursor + Rows);
                break;
            case ConsoleKey.Home:
                MoveTo(0);
                break;
            case ConsoleKey.End:
                MoveTo(_visible.Count - 1);
                break;
            case ConsoleKey.Backspace:
                SetFilter(WithoutLast(Filter));
                break;
            default:
                Type(key);
                break;
        }

        return PickOutcome.Continue;
    }

    private PickOutcome HandleControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A:
                TickVisible();
                break;
            case ConsoleKey.D or ConsoleKey.N:
                UntickVisible();
                break;
            case ConsoleKey.Backspace: // Terminals whose Backspace sends ^H.
                SetFilter(WithoutLast(Filter));
                break;
            case ConsoleKey.C:
                return PickOutcome.Cancelled;
        }

        return PickOutcome.Continue;
    }

    /// <summary>Who ticked nothing, and came with nothing, has most likely pressed Enter for Space: it would change nothing.</summary>
    private PickOutcome Accept()
    {
        if (!_beganEmpty || _ticks.Count > 0)
            return PickOutcome.Accepted;
        Message = "Nothing is ticked. Space ticks the line at the cursor, Esc leaves.";
        return PickOutcome.Continue;
    }

    private void Type(ConsoleKeyInfo key)
    {
        if (key.KeyChar == ' ')
            Toggle();
        else if (!char.IsControl(key.KeyChar) && IsText(key.Modifiers))
            SetFilter(Filter + key.KeyChar);
    }

    // AltGr, which types @ and [ on many keyboards, is reported as Control with Alt.
    private static bool IsText(ConsoleModifiers modifiers) =>
        modifiers.HasFlag(ConsoleModifiers.Control) == modifiers.HasFlag(ConsoleModifiers.Alt);

    private void Toggle()
    {
        if (Current is not { } index || _ticks.Untick(index) || _ticks.TryTick(index))
            return;
        Message = _ticks.ReasonAgainst(index);
    }

    private void TickVisible()
    {
        var ticked = _visible.Count(_ticks.TryTick);
        var refused = _visible.Count(index => _ticks.ReasonAgainst(index) is not null);
        Message = refused == 0 ? $"Ticked {ticked}." : $"Ticked {ticked}. {refused} cannot be ticked: see the reason beside each.";
    }

    private void UntickVisible() => Message = $"Unticked {_visible.Count(_ticks.Untick)}.";

    private void SetFilter(string filter)
    {
        if (filter == Filter)
            return;
        Filter = filter;
        _visible = filter.Length == 0 ? [.. Enumerable.Range(0, Items.Count)] : PickFilter.Find(Items, filter);
        // Ascending indices: the cursor stays with its item, or goes to the next one that is left.
        var place = _visible.BinarySearch(_anchor);
        MoveTo(place < 0 ? ~place : place);
    }

    private static string WithoutLast(string text) => text switch
    {
        "" => "",
        _ when text.Length > 1 && char.IsSurrogatePair(text, text.Length - 2) => text[..^2],
        _ => text[..^1],
    };

    private void MoveTo(int place)
    {
        Cursor = Math.Max(0, Math.Min(place, _visible.Count - 1));
        _anchor = Current ?? _anchor;
        var top = Math.Clamp(Top, Cursor - _rows + 1, Cursor);
        Top = Math.Max(0, Math.Min(top, _visible.Count - _rows));
    }
}
