using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Tests.Columns;

/// <summary>An encoded column of values, with the codebooks it was encoded with.</summary>
internal sealed record Encoded(ChunkCodec Codec, byte[] Payload, CodebookSet Codebooks, int Count)
{
    /// <summary>Encodes with codebooks trained for these very values.</summary>
    public static Encoded Of(double[] values) => With(Train(values), values);

    public static Encoded With(CodebookSet codebooks, double[] values)
    {
        byte[] buffer = new byte[ValueColumnEncoder.MaxLengthOf(values.Length)];
        int length = new ValueColumnEncoder(codebooks).Encode(values, buffer, out ChunkCodec codec);
        return new Encoded(codec, buffer[..length], codebooks, values.Length);
    }

    public static CodebookSet Train(params double[][] columns)
    {
        var trainer = new CodebookTrainer();
        foreach (double[] values in columns)
        {
            trainer.AddValues(values);
        }

        return trainer.Build();
    }

    public double[]? Decode() => Decode(Payload, Count);

    public double[]? Decode(ReadOnlySpan<byte> payload, int count)
    {
        double[] values = new double[count];
        return ValueColumnDecoder.TryDecode(Codec, payload, Codebooks, values) ? values : null;
    }

    public static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
}
