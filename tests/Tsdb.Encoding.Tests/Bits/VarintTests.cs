using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Tests.Bits;

public sealed class VarintTests
{
    [TestCase(0ul, "00")]
    [TestCase(127ul, "7F")]
    [TestCase(128ul, "8001")]
    [TestCase(1000ul, "E807")]
    [TestCase((ulong)uint.MaxValue, "FFFFFFFF0F")]
    [TestCase(1ul << 63, "80808080808080808001")]
    [TestCase(ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01")]
    public void Write_Boundary_GivesTheseBytes(ulong value, string hex)
    {
        byte[] buffer = new byte[Varint.MaxLength];

        int length = Varint.Write(buffer, value);

        Assert.That(Convert.ToHexString(buffer, 0, length), Is.EqualTo(hex));
        Assert.That(Varint.LengthOf(value), Is.EqualTo(length));
    }

    [TestCase(0, "00")]
    [TestCase(-1, "01")]
    [TestCase(1, "02")]
    [TestCase(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [TestCase(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void WriteZigZag_Boundary_GivesTheseBytes(long value, string hex)
    {
        byte[] buffer = new byte[Varint.MaxLength];
        Assert.That(Convert.ToHexString(buffer, 0, Varint.WriteZigZag(buffer, value)), Is.EqualTo(hex));
    }

    [TestCase("", TestName = "TryRead_NoBytes_IsRefused")]
    [TestCase("80", TestName = "TryRead_EndsWithin_IsRefused")]
    [TestCase("FFFFFFFFFFFFFFFFFF", TestName = "TryRead_NineContinuedBytes_IsRefused")]
    [TestCase("FFFFFFFFFFFFFFFFFF02", TestName = "TryRead_SixtyFifthBit_IsRefused")]
    [TestCase("8080808080808080808000", TestName = "TryRead_ElevenBytes_IsRefused")]
    public void TryRead_Bad_IsRefused(string hex)
    {
        int position = 0;

        bool isRead = Varint.TryRead(Convert.FromHexString(hex), ref position, out ulong value);

        Assert.That((isRead, position, value), Is.EqualTo((false, 0, 0ul)));
    }

    [TestCase(-1)]
    [TestCase(1)]
    [TestCase(int.MaxValue)]
    public void TryRead_PositionOutside_IsRefused(int position) =>
        Assert.That(Varint.TryRead([5], ref position, out _), Is.False);

    [TestCase("FFFFFFFF0F", true, uint.MaxValue)]
    [TestCase("8080808010", false, 0u)]
    public void TryReadUInt32_AroundTheLimit_RefusesMore(string hex, bool isRead, uint value)
    {
        int position = 0;
        Assert.That(Varint.TryReadUInt32(Convert.FromHexString(hex), ref position, out uint read), Is.EqualTo(isRead));
        Assert.That((read, position), Is.EqualTo((value, isRead ? hex.Length / 2 : 0)));
    }

    [TestCase("0A", 10, true, 10)]
    [TestCase("0A", 9, false, 0)]
    [TestCase("00", -1, false, 0)]
    [TestCase("FFFFFFFFFFFFFFFFFF01", int.MaxValue, false, 0)]
    public void TryReadCount_AroundTheLimit_RefusesMore(string hex, int max, bool isRead, int value)
    {
        int position = 0;
        Assert.That(Varint.TryReadCount(Convert.FromHexString(hex), ref position, max, out int read), Is.EqualTo(isRead));
        Assert.That((read, position), Is.EqualTo((value, isRead ? hex.Length / 2 : 0)));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool RoundTrip_AnyIntegers_ReturnsThemInOrder(long[] values)
    {
        byte[] buffer = new byte[values.Length * 2 * Varint.MaxLength];
        int length = 0;
        foreach (long value in values)
        {
            length += Varint.WriteZigZag(buffer.AsSpan(length), value);
            length += Varint.Write(buffer.AsSpan(length), (ulong)value);
        }

        int position = 0;
        ReadOnlySpan<byte> written = buffer.AsSpan(0, length);
        foreach (long value in values)
        {
            if (!Varint.TryReadZigZag(written, ref position, out long signed) || signed != value
                || !Varint.TryRead(written, ref position, out ulong unsigned) || unsigned != (ulong)value)
            {
                return false;
            }
        }

        return position == length;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryRead_AnyBytes_StaysWithinThem(byte[] bytes)
    {
        int position = 0;
        while (Varint.TryRead(bytes, ref position, out _))
        {
        }

        return position <= bytes.Length;
    }
}
