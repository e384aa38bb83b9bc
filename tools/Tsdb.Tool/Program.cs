using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tsdb.Model.Errors;
using Tsdb.Tool.Display;
using Tsdb.Tool.Verbs;

var root = new RootCommand("Makes, loads, queries and inspects time series data.")
{
    GenerateVerb.Create(),
    ImportVerb.Create(),
    QueryVerb.Create(),
    InspectVerb.Create(),
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is FormatException or HttpRequestException or IOException or JsonException or TsdbException
    or UnauthorizedAccessException)
{
    // What the user can mend needs a sentence; anything else is our mistake and shows where it happened.
    LoadProgress.Console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
