using System.Globalization;
using System.Text;
using Tsdb.Testing.Files;

namespace Tsdb.Query.Tests.Syntax;

/// <summary>Reads the tables of the conformance folder, which lies beside the repository or where TSDB_CONFORMANCE_DIR says.</summary>
internal static class ConformanceTable
{
    /// <summary>The rows of a table with their fields; none, and a message, when the folder is absent.</summary>
    public static IReadOnlyList<string[]> Read(string file) => [.. Lines(file).Select(line => line.Split('\t').Select(Unescape).ToArray())];

    /// <summary>The lines of all files that match a pattern; none, and a message, when the folder is absent.</summary>
    public static IReadOnlyList<string> Lines(string pattern)
    {
        string? folder = RepositoryPaths.Conformance;
        if (folder is not null)
            return [.. Directory.GetFiles(Path.Combine(folder, "promql"), pattern).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)];
        TestContext.Progress.WriteLine($"No conformance folder beside the repository: {pattern} is not checked.");
        return [];
    }

    // A byte that is no UTF-8 becomes the replacement character, as it does where a request's text is decoded.
    private static string Unescape(string field)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                int length = char.IsHighSurrogate(field[i]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(field.Substring(i, length)));
                i += length - 1;
            }
            else if (field[++i] == 'x')
            {
                bytes.Add(byte.Parse(field.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)(field[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var c => c }));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
