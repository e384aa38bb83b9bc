using System.CommandLine;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb inspect</c>: shows what files of a data folder hold, and never changes them.</summary>
internal static class InspectVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create() =>
        new("inspect", "Shows what files of a data folder hold and whether they are whole; changes nothing. Ends with 1 when there is damage.")
        {
            InspectWalVerb.Create(),
            InspectBlockVerb.Create(),
        };
}
