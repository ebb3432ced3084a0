using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace AmoLtv.Testing;

/// <summary>The service's program as an operating system process: what a kill can really interrupt.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private ServiceProcess(Process process) => _process = process;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Its number, which the system gives to another process once this one is over.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program that lies beside the tests.</summary>
    public static ServiceProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartFrom(AppContext.BaseDirectory, environment, arguments);

    /// <summary>Starts the program in a folder: another version of it, say.</summary>
    public static ServiceProcess StartFrom(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(folder, "amoltv.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => Append(service._output, line.Data);
        service._process.ErrorDataReceived += (_, line) => Append(service._errors, line.Data);
        service._process.Start();
        service._process.StandardInput.Close();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit status and what it printed, errors last.</returns>
    public static Task<(int Status, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunFromAsync(AppContext.BaseDirectory, environment, arguments);

    /// <summary>Runs a command of the program in a folder to its end.</summary>
    /// <returns>Its exit status and what it printed, errors last.</returns>
    public static async Task<(int Status, string Output, string Errors)> RunFromAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var service = StartFrom(folder, environment, arguments);
        using var patience = new CancellationTokenSource(Patience);
        await service._process.WaitForExitAsync(patience.Token);
        return (service._process.ExitCode, service.Output, service.Errors);
    }

    /// <summary>Waits until it is ready for its users.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended by itself; the message holds what it printed.</exception>
    public async Task AwaitReadyAsync(Uri address, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsReadyAsync(http, patience.Token))
        {
            if (HasExited)
            {
                throw new InvalidOperationException($"The service ended by itself.\n{Output}\n{Errors}");
            }

            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a terminal or an operator stops a command.</summary>
    /// <returns>Its exit status.</returns>
    public async Task<int> TerminateAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception absent) when (absent is HttpRequestException or SocketException)
        {
            // A connection that is cut just as it is made is told without HttpClient's words.
            return false;
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
