using AmoLtv.Benchmarks;
using BenchmarkDotNet.Running;

// These are measured as plain programs: whole processes, memory and two cores are not what a micro-benchmark measures.
if (args is ["forecasting", ..])
{
    ForecastingMeasurement.Run(args is [_, var table] ? table : null);
    return;
}

if (args is ["recalculation", ..])
{
    await RecalculationMeasurement.RunAsync(args is [_, var file] ? file : null);
    return;
}

if (args is ["analyses", ..])
{
    await AnalysisMeasurement.RunAsync(args is [_, var analyses] ? analyses : null);
    return;
}

if (args is ["pages", ..])
{
    Environment.ExitCode = await PagesMeasurement.RunAsync(args is [_, var pages] ? pages : null) ? 0 : 1;
    return;
}

if (args is ["previews", ..])
{
    await PreviewMeasurement.RunAsync(args is [_, var previews] ? previews : null);
    return;
}

if (args is ["hooks", ..])
{
    await HookMeasurement.RunAsync(args is [_, var hooks] ? hooks : null);
    return;
}

if (args is ["cards", ..])
{
    await CardsMeasurement.RunAsync(args is [_, var cards] ? cards : null);
    return;
}

if (args is ["changes", ..])
{
    await ChangesMeasurement.RunAsync(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2));
    return;
}

if (args is ["write-back", ..])
{
    await WriteBackMeasurement.RunAsync(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(RecalculationMeasurement).Assembly).Run(args);
