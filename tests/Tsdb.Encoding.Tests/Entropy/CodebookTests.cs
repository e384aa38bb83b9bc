using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Tests.Entropy;

public sealed class CodebookTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Of_AnyCounts_GivesACompleteCodeWithinTheLimit(ushort[] some, byte stretch)
    {
        long[] counts = Counts(some, stretch);
        byte[] lengths = CodeLengths.Of(counts);
        double space = lengths.Where(length => length > 0).Sum(length => Math.Pow(2, -length));
        return space == 1 && lengths.Max() <= CodeLengths.Max && lengths.Zip(counts).All(pair => pair.First > 0 == pair.Second > 0);
    }

    [Test]
    public void Of_CountsThatWouldNeedLongerCodes_IsTheBestWithinTheLimit()
    {
        // Fibonacci's numbers make the longest codes: 15 classes would take 14 bits.
        long[] counts = new long[ResidualClasses.Count];
        (long previous, long next) = (1, 1);
        for (int c = 0; c < 15; c++)
        {
            counts[c] = previous;
            (previous, next) = (next, previous + next);
        }

        byte[] lengths = CodeLengths.Of(counts);

        // The best there is: the six rarest share what one code of five bits more would have had.
        Assert.That(lengths.Max(), Is.EqualTo(CodeLengths.Max));
        Assert.That(lengths.Zip(counts).Sum(pair => pair.First * pair.Second), Is.LessThanOrEqualTo(UnlimitedBits(counts) * 1.01));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryRead_WrittenCodebook_IsTheSame(ushort[] some, byte stretch)
    {
        Codebook codebook = Codebook.For(Counts(some, stretch));
        byte[] bytes = new byte[Codebook.LengthBytes];
        codebook.Write(bytes);
        return Codebook.TryRead(bytes, out Codebook? read) && read.Lengths.SequenceEqual(codebook.Lengths) && read.Codes.SequenceEqual(codebook.Codes);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryRead_AnySet_IsRefusedOrReadable(byte[] noise)
    {
        byte[] bytes = [1, .. noise, .. new byte[Codebook.LengthBytes]];
        return !CodebookSet.TryRead(bytes.AsSpan(0, 1 + Codebook.LengthBytes), out CodebookSet? set) || set[0].Table.Lengths.Length == ResidualClasses.Count;
    }

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 65 })]
    [TestCase(new byte[] { 0, 0 })]
    public void TryRead_BytesOfNoSet_AreRefused(byte[] bytes) => Assert.That(CodebookSet.TryRead(bytes, out _), Is.False);

    [TestCase(0)]
    [TestCase(1)]
    public void For_FewerThanTwoClasses_IsStillACompleteCode(int used)
    {
        long[] counts = new long[ResidualClasses.Count];
        counts[30] = used * 9;
        Codebook codebook = Codebook.For(counts);

        Assert.That(codebook.Covers(counts), Is.True);
        Assert.That(codebook.Table.Steps.ToArray(), Has.None.EqualTo((ushort)0));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ReadIntegers_WrittenStream_ReturnsThem(long[] some, byte shift)
    {
        long[] integers = [.. some.SelectMany((integer, i) => new[] { integer >> (shift % 64), i % 5, -3L })];
        byte[] classes = [.. integers.Select(integer => (byte)ResidualClasses.Of(integer))];
        var histogram = new ClassHistogram();
        histogram.Add(classes);
        Codebook codebook = Codebook.For(histogram.Counts);
        byte[] bytes = new byte[(integers.Length * 10) + 16];
        int length = ClassStream.Write(codebook, integers, classes, bytes);

        byte[] read = new byte[integers.Length + ClassStream.Slack];
        long[] decoded = new long[integers.Length];
        int codeBytes = (int)ClassStream.ReadClasses(codebook.Table, bytes.AsSpan(0, length), integers.Length, read);
        long rawBytes = ClassStream.ReadIntegers(bytes.AsSpan(codeBytes..length), read.AsSpan(0, integers.Length), decoded);
        return codeBytes + rawBytes == length && decoded.SequenceEqual(integers);
    }

    [Test]
    public void Make_MoreShapesThanCodebooks_CoversEach()
    {
        Random random = new(3);
        ClassHistogram[] groups = [.. Enumerable.Range(0, 200).Select(_ => AnyHistogram(random))];
        CodebookSet set = CodebookClusters.Make(groups);

        Assert.That(set.Count, Is.LessThanOrEqualTo(CodebookSet.MaxCount));
        Assert.That(groups.All(group => set.TryChoose(group.Counts, out _, out _)), Is.True);
    }

    private static ClassHistogram AnyHistogram(Random random)
    {
        var histogram = new ClassHistogram();
        int centre = random.Next(10, 70);
        for (int i = 0; i < 5000; i++)
        {
            histogram.Add(centre + random.Next(-10, 10));
        }

        return histogram;
    }

    private static long[] Counts(ushort[] some, byte stretch)
    {
        long[] counts = new long[ResidualClasses.Count];
        (counts[3], counts[8]) = (1, 1);
        for (int i = 0; i < Math.Min(some.Length, counts.Length); i++)
        {
            counts[i] += (long)some[i] << (i % (1 + (stretch % 40)));
        }

        return counts;
    }

    private static long UnlimitedBits(long[] counts)
    {
        PriorityQueue<long, long> queue = new(counts.Where(count => count > 0).Select(count => (count, count)));
        long bits = 0;
        while (queue.Count > 1)
        {
            long pair = queue.Dequeue() + queue.Dequeue();
            bits += pair;
            queue.Enqueue(pair, pair);
        }

        return bits;
    }
}
