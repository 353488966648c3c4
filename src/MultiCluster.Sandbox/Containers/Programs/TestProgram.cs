using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary><c>test</c> and <c>[</c>: files, texts and numbers, with <c>!</c>, <c>-a</c> and <c>-o</c>.</summary>
internal static class TestProgram
{
    public static async Task<int> RunAsync(ProgramContext context)
    {
        var words = context.Arguments.ToList();
        if (context.Name.EndsWith('['))
        {
            if (words is not [.., "]"]) return await context.FailAsync("missing ]", 2);
            words.RemoveAt(words.Count - 1);
        }
        return Any(context, words) switch
        {
            true => 0,
            false => 1,
            null => await context.FailAsync("unknown operand", 2),
        };
    }

    private static bool? Any(ProgramContext context, List<string> words)
    {
        var at = words.IndexOf("-o");
        return at > 0 ? Any(context, words[..at]) | Any(context, words[(at + 1)..]) : Every(context, words);
    }

    private static bool? Every(ProgramContext context, List<string> words)
    {
        var at = words.IndexOf("-a");
        return at > 0 ? Every(context, words[..at]) & Every(context, words[(at + 1)..]) : One(context, words);
    }

    private static bool? One(ProgramContext context, List<string> words) => words switch
    {
        [] => false,
        [var text] => text.Length > 0,
        ["!", .. var rest] => !One(context, rest),
        [['-', var letter], var value] => OfOne(context, letter, value),
        [var left, var mark, var right] => OfTwo(left, mark, right),
        _ => null,
    };

    private static bool? OfOne(ProgramContext context, char letter, string value) => letter switch
    {
        'n' => value.Length > 0,
        'z' => value.Length == 0,
        'e' or 'r' or 'w' => context.Files.Exists(context.PathOf(value)),
        'x' => context.Files.IsFolder(context.PathOf(value)) || context.Container.Find(value) is not null,
        'f' => context.Files.IsFile(context.PathOf(value)) && !Devices.Has(value),
        'd' => context.Files.IsFolder(context.PathOf(value)),
        's' => FileFacts.Of(context.Files, context.PathOf(value), followLink: true) is { Size: > 0 },
        'L' or 'h' => context.Files.ReadLink(context.PathOf(value)) is not null,
        't' => context.Terminal is not null,
        _ => null,
    };

    private static bool? OfTwo(string left, string mark, string right)
    {
        if (mark is "=" or "==") return left == right;
        if (mark == "!=") return left != right;
        if (!long.TryParse(left, CultureInfo.InvariantCulture, out var a) || !long.TryParse(right, CultureInfo.InvariantCulture, out var b)) return null;
        return mark switch
        {
            "-eq" => a == b,
            "-ne" => a != b,
            "-lt" => a < b,
            "-le" => a <= b,
            "-gt" => a > b,
            "-ge" => a >= b,
            _ => null,
        };
    }
}
