using System.Text;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;

namespace Tsdb.Ingest.Tests.LineProtocol;

/// <summary>Known series must cost no memory: exact where time is noisy.</summary>
public sealed class AllocationTests
{
    [TestCase("cpu,host=h{0},region=eu usage_user={0}i,usage_system=2.25,usage_idle=3,ok=t 1700000000000000000\n")]
    [TestCase("disk,path=C:\\ \\,x{0} free=1e3,label=\"a \\\"quoted\\\" name\",used=123456789.125 1700000000000000000\r\n")]
    [TestCase("prometheus,instance=i{0} metric{0}=1,other=2\n")]
    public void Write_KnownSeries_AllocatesNothingPerSample(string form)
    {
        using var fixture = new WriterFixture(keepsSamples: false);
        byte[] one = Text(form, 1);
        byte[] many = Text(form, 100);
        for (int i = 0; i < 3; i++)
        {
            fixture.Writer.Write(one, WriterFixture.Request);
            fixture.Writer.Write(many, WriterFixture.Request);
        }

        LineProtocolRequest request = WriterFixture.Request;
        Assert.That(Allocated(() => fixture.Writer.Write(many, request)), Is.EqualTo(Allocated(() => fixture.Writer.Write(one, request))));
    }

    private static byte[] Text(string form, int repeats) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, repeats * 10).Select(i => string.Format(null, form, i % 10))));

    private static long Allocated(Func<WriteReport> write)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        write();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
