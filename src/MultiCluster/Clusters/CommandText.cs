using System.Text;

namespace MultiCluster.Clusters;

/// <summary>Words of a command that is advised, so that it can be typed as it stands.</summary>
internal static class CommandText
{
    /// <summary>A text in single quotes. PowerShell takes the typographic ones for quotes, too.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("'", text.Length + 2);
        foreach (var letter in text)
        {
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
                quoted.Append(letter);
            quoted.Append(letter);
        }

        return quoted.Append('\'').ToString();
    }
}
