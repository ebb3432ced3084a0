using AmoLtv.Benchmarks;
using BenchmarkDotNet.Running;

// "forecasting" is measured as a plain program: whole processes, memory and two cores are not what a micro-benchmark measures.
if (args is ["forecasting", ..])
{
    ForecastingMeasurement.Run(args is [_, var file] ? file : null);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
