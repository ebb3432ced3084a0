namespace AmoLtv.Night;

/// <summary>A simulated night as a program, or what many need (<c>capacity</c>): what happens in words on standard error, a last line of JSON.</summary>
internal static class Program
{
    /// <returns>0 where every account was finished once and its fields are right, 1 where not, 2 where the arguments are wrong.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [CapacityCommand.Name, .. var rest])
        {
            return CapacityCommand.Run(rest);
        }

        if (NightArguments.Parse(arguments) is not { } asked)
        {
            await Console.Error.WriteLineAsync(NightArguments.Usage);
            return 2;
        }

        using var ending = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            ending.Cancel();
        };
        try
        {
            var report = await NightRun.RunAsync(asked, Console.Error.WriteLine, ending.Token);
            foreach (var remark in report.Remarks)
            {
                await Console.Error.WriteLineAsync(remark);
            }

            Console.WriteLine(report.ToJson());
            return report.IsRight ? 0 : 1;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return 1;
        }
    }
}
