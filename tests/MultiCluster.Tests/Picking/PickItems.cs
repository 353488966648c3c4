using MultiCluster.Picking;

namespace MultiCluster.Tests.Picking;

/// <summary>Items and keys, in few words.</summary>
internal static class PickItems
{
    public static PickItem Item(string name, string detail = "", bool ticked = false, string? refusal = null, params string[] groups) =>
        new() { Id = $"{detail}:{name}", Name = name, Detail = detail, Ticked = ticked, Refusal = refusal, Groups = groups };

    public static IReadOnlyList<PickItem> Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => Item($"cluster-{i:D5}"))];

    public static ConsoleKeyInfo Key(ConsoleKey key, ConsoleModifiers modifiers = default) => new(
        key == ConsoleKey.Spacebar ? ' ' : '\0',
        key,
        modifiers.HasFlag(ConsoleModifiers.Shift),
        modifiers.HasFlag(ConsoleModifiers.Alt),
        modifiers.HasFlag(ConsoleModifiers.Control));

    public static ConsoleKeyInfo Control(ConsoleKey key) => Key(key, ConsoleModifiers.Control);

    public static IEnumerable<ConsoleKeyInfo> Entered(string text) => text.Select(character => new ConsoleKeyInfo(character, default, false, false, false));

    public static PickOutcome Press(this PickState state, params ConsoleKey[] keys) => state.Press(keys.Select(key => Key(key)));

    public static PickOutcome Press(this PickState state, IEnumerable<ConsoleKeyInfo> keys)
    {
        var outcome = PickOutcome.Continue;
        foreach (var key in keys)
            outcome = state.Handle(key);
        return outcome;
    }

    public static IEnumerable<string> TickedIds(this PickState state) => state.Ticked.Select(item => (string)item.Id);

    public static IEnumerable<string> VisibleNames(this PickState state) => state.Visible.Select(index => state.Items[index].Name);
}
