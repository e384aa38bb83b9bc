using Tsdb.Server.Endpoints.Read;

namespace Tsdb.Server.Tests.Endpoints.Read;

public sealed class LabelNameEscapeTests
{
    [TestCase("job", "job")]
    [TestCase("__name__", "__name__")]
    [TestCase("U__service_2e_name", "service.name")]
    [TestCase("U__a__b", "a_b")]
    [TestCase("U___1f600_", "😀")]
    [TestCase("U__", "")]
    [TestCase("U__a_zz_b", "U__a_zz_b")]
    [TestCase("U__a_2e", "U__a_2e")]
    [TestCase("U__a_d800_", "U__a_d800_")]
    [TestCase("U__a_1234567_", "U__a_1234567_")]
    public void Unescape_Name_IsWhatWasMeant(string segment, string name) => Assert.That(LabelNameEscape.Unescape(segment), Is.EqualTo(name));
}
