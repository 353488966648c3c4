using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MultiCluster.Comparing;

/// <summary>
/// What is secret among values that nobody has declared as such, by what it is called: <c>auth.password</c>, <c>apiKey</c>, a variable
/// <c>DB_PASSWORD</c>; and an address with a password in it. Rather too much than too little: that two differ is seen by their marks, too.
/// </summary>
internal static partial class SecretNames
{
    /// <summary>Replaces every text and number that is secret by what <paramref name="mark"/> makes of it.</summary>
    public static void Hide(JsonNode? value, Func<string, string> mark, bool isSecret = false)
    {
        switch (value)
        {
            case JsonObject table:
                // A variable has its name beside its value.
                var isNamed = table["name"] is JsonValue name && Word().IsMatch($"{name}");
                foreach (var (key, inner) in table.ToArray())
                    Hide(inner, mark, isSecret || Word().IsMatch(key) || (isNamed && key != "name"));
                break;
            case JsonArray list:
                foreach (var element in list.ToArray())
                    Hide(element, mark, isSecret);
                break;
            case JsonValue one when one.GetValueKind() is JsonValueKind.String or JsonValueKind.Number && (isSecret || Login().IsMatch($"{one}")):
                one.ReplaceWith(mark($"{one}"));
                break;
        }
    }

    [GeneratedRegex(
        "pass(word|wd|phrase)|secret|token|credential|dsn|htpasswd|connection[-_.]?string|(api|access|private|account|encryption|signing|license|master|ssh)[-_.]?key|^(auth|key|pass|pwd)$|[-_.]pwd$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    /// <summary><c>postgres://user:password@host</c>, and a key as PEM.</summary>
    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex Login();
}
