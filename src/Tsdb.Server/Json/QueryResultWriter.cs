using Tsdb.Model.Time;
using Tsdb.Query.Results;

namespace Tsdb.Server.Json;

/// <summary>Writes query results as the Prometheus API has them, sending them while they are written.</summary>
internal static class QueryResultWriter
{
    /// <summary>Answers a request with a result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result; the caller disposes it.</param>
    /// <param name="elapsed">How long the query took, to be told when the request asks for statistics; null otherwise.</param>
    public static async Task WriteAsync(HttpContext context, QueryResult result, TimeSpan? elapsed)
    {
        JsonOutput output = Envelope.Begin(context);
        output.Raw("{\"resultType\":"u8);
        switch (result.Kind)
        {
            case QueryResultKind.Scalar:
                output.Raw("\"scalar\",\"result\":"u8);
                WriteScalar(output, result);
                break;
            case QueryResultKind.String:
                output.Raw("\"string\",\"result\":["u8);
                output.Timestamp(result.StepTimeMs(0));
                output.Raw(","u8);
                output.Text(result.Text);
                output.Raw("]"u8);
                break;
            case QueryResultKind.Vector:
                output.Raw("\"vector\",\"result\":"u8);
                await WriteSeriesAsync(context, output, result, isVector: true);
                break;
            default:
                output.Raw("\"matrix\",\"result\":"u8);
                await WriteSeriesAsync(context, output, result, isVector: false);
                break;
        }

        if (elapsed is { } time)
        {
            WriteStatistics(output, result.Statistics, time);
        }

        output.Raw("}"u8);
        IReadOnlyList<string> warnings = result.IsTruncated ? [.. result.Warnings, .. Envelope.TruncatedWarning] : result.Warnings;
        await Envelope.EndAsync(context, output, warnings, result.Infos);
    }

    private static void WriteScalar(JsonOutput output, QueryResult result)
    {
        Span<byte> time = stackalloc byte[JsonOutput.MaxTimestampLength];
        output.Point(time[..JsonOutput.FormatTimestamp(result.StepTimeMs(0), time)], result.Scalar);
    }

    private static async Task WriteSeriesAsync(HttpContext context, JsonOutput output, QueryResult result, bool isVector)
    {
        using var times = new StepTimes(result);
        output.Raw("["u8);
        for (int i = 0; i < result.Series.Count; i++)
        {
            ResultSeries series = result.Series[i];
            output.Raw(i == 0 ? "{\"metric\":"u8 : ",{\"metric\":"u8);
            LabelsWriter.Write(output, series.Labels.Canonical);
            output.Raw(isVector ? ",\"value\":"u8 : ",\"values\":["u8);
            WritePoints(output, series, times);
            output.Raw(isVector ? "}"u8 : "]}"u8);
            await output.FlushIfLargeAsync(context.RequestAborted);
        }

        output.Raw("]"u8);
    }

    private static void WritePoints(JsonOutput output, ResultSeries series, StepTimes times)
    {
        Span<byte> rawTime = stackalloc byte[JsonOutput.MaxTimestampLength];
        bool isFirst = true;
        foreach (ResultPoint point in series)
        {
            if (!isFirst)
            {
                output.Raw(","u8);
            }

            // Raw samples, which a range selector gives as they are, lie on no step.
            output.Point(
                point.Step >= 0 ? times[point.Step] : rawTime[..JsonOutput.FormatTimestamp(Timestamps.ToMilliseconds(point.TimestampNs), rawTime)],
                point.Value);
            isFirst = false;
        }
    }

    private static void WriteStatistics(JsonOutput output, QueryStatistics statistics, TimeSpan elapsed)
    {
        Span<byte> seconds = stackalloc byte[PrometheusNumber.MaxLength];
        PrometheusNumber.TryFormat(elapsed.TotalSeconds, seconds, out int length);
        output.Raw(",\"stats\":{\"timings\":{\"execTotalTime\":"u8);
        output.Raw(seconds[..length]);
        output.Raw("},\"samples\":{\"totalQueryableSamples\":"u8);
        output.Integer(statistics.SamplesRead);
        output.Raw(",\"peakSamples\":"u8);
        output.Integer(statistics.PeakSamples);
        output.Raw("}}"u8);
    }
}
