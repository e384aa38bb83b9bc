using System.Text;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>Makes text that is line protocol more or less: mostly right, with everything that can go wrong thrown in.</summary>
internal static class LineTexts
{
    private static readonly byte[][] Fragments = [.. new[]
    {
        "m", "cpu", "a=b", "host=h1", "v=1", "v=1", "value=2.5", "usage=3i", "x=4u", "y=t", "z=False", "s=\"q\"", "s=\"a\\\"b\\\\\"", "s=\"x\ny\"",
        ",", ",", ",", " ", " ", " ", "\n", "\n", "\n", "\r\n", "\r", "=", "\"", "\\", "\\,", "\\ ", "\\=", "\\\\", "#", "#c\n", "\t", "1", "-1", "17",
        "1700000000000000000", "-9223372036854775808", "9223372036854775808", "0.1e-3", "1e400", ".5", "5.", "+1", "0.30000000000000004", "12345678901234567890",
        "é", "\u0000", "\u007F", "m,a=b v=1 5\n", "m,a=b v=1,w=2 6\n", "m,a=b w=2,v=1 7\n", "cpu,host=h1 value=2,usage=3i 8\n", "m v=\"open\n", "m\\ n,k\\==v\\, f\\ g=1\n",
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3]];

    /// <summary>A text decided by <paramref name="seed"/>.</summary>
    public static byte[] Text(int seed)
    {
        var random = new Random(seed);
        var text = new List<byte>();
        for (int count = random.Next(1, 40); count > 0; count--)
        {
            text.AddRange(random.Next(4) == 0 ? GoodLine(random) : Fragments[random.Next(Fragments.Length)]);
        }

        if (random.Next(3) == 0 && text.Count > 0)
        {
            text[random.Next(text.Count)] = (byte)random.Next(256);
        }

        return [.. text];
    }

    private static byte[] GoodLine(Random random)
    {
        string tags = random.Next(3) switch { 0 => "", 1 => ",a=b", _ => $",host=h{random.Next(3)},b=c" };
        string[] names = ["value", "v", "w", "x", "used_percent"];
        IEnumerable<string> fields = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{names[random.Next(names.Length)]}={Value(random)}");
        string time = random.Next(3) == 0 ? "" : $" {random.NextInt64()}";
        return Encoding.UTF8.GetBytes($"m{random.Next(2)}{tags} {string.Join(',', fields)}{time}\n");
    }

    private static string Value(Random random) => random.Next(7) switch
    {
        0 => $"{random.Next()}i",
        1 => $"{random.NextInt64()}u",
        2 => "true",
        3 => "\"s\\\"t\n,r\"",
        4 => random.NextDouble().ToString("R", null),
        5 => (random.NextDouble() * Math.Pow(10, random.Next(-320, 300))).ToString("R", null),
        _ => (random.Next(-1000, 1000) / 100.0).ToString("R", null),
    };
}
