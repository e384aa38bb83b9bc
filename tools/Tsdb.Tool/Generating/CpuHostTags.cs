namespace Tsdb.Tool.Generating;

/// <summary>The ten tags of a host of the TSBS devops use case.</summary>
internal static class CpuHostTags
{
    private static readonly (string Region, string Datacenters)[] Regions =
    [
        ("us-east-1", "abce"), ("us-west-1", "ab"), ("us-west-2", "abc"), ("eu-west-1", "abc"), ("eu-central-1", "ab"),
        ("ap-southeast-1", "ab"), ("ap-southeast-2", "ab"), ("ap-northeast-1", "ac"), ("sa-east-1", "abc"),
    ];

    private static readonly string[] OperatingSystems = ["Ubuntu16.10", "Ubuntu16.04LTS", "Ubuntu15.10"];
    private static readonly string[] Architectures = ["x64", "x86"];
    private static readonly string[] Teams = ["SF", "NYC", "LON", "CHI"];
    private static readonly string[] Environments = ["production", "staging", "test"];

    /// <summary>Measurement and tags of host <paramref name="index"/>, up to where its fields begin.</summary>
    public static byte[] Prefix(int index, Random random)
    {
        (string region, string datacenters) = Regions[random.Next(Regions.Length)];
        return System.Text.Encoding.UTF8.GetBytes(
            $"cpu,hostname=host_{index},region={region},datacenter={region}{datacenters[random.Next(datacenters.Length)]},rack={random.Next(100)}," +
            $"os={Choice(OperatingSystems, random)},arch={Choice(Architectures, random)},team={Choice(Teams, random)},service={random.Next(20)}," +
            $"service_version={random.Next(2)},service_environment={Choice(Environments, random)} ");
    }

    private static string Choice(string[] choices, Random random) => choices[random.Next(choices.Length)];
}
