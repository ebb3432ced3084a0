using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>The Host as a process of its own, configured by its environment as a person would: the server and the verbs.</summary>
internal sealed class HostProcess(IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private static readonly TimeSpan StartingTime = TimeSpan.FromMinutes(2);
    private readonly StringBuilder _log = new();
    private Process? _server;

    /// <summary>Starts <c>amoltv serve</c> and waits until it answers.</summary>
    public async Task ServeAsync(Uri address)
    {
        _server = Start(["serve", "--urls", address.GetLeftPart(UriPartial.Authority)], Remember);
        using var http = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartingTime && !_server.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(address);
                return;
            }
            catch (Exception absent) when (absent is HttpRequestException or SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException($"The Host does not answer at {address}:\n{Log}");
    }

    /// <summary>One verb of the command line, to its end.</summary>
    /// <returns>Standard output.</returns>
    public async Task<string> RunAsync(params string[] verb)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        using var process = Start(verb, line => errors.AppendLine(line), line => output.AppendLine(line));
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.ToString()
            : throw new InvalidOperationException($"amoltv {string.Join(' ', verb)} ended with {process.ExitCode}:\n{output}{errors}");
    }

    /// <summary>What the server wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Ends the server as a power cut would; <see cref="ServeAsync"/> starts it again.</summary>
    public async Task StopAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
    }

    private Process Start(IReadOnlyList<string> verb, Action<string> onError, Action<string>? onOutput = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "amoltv.dll"), .. verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => onError(line.Data ?? "");
        process.OutputDataReceived += (_, line) => (onOutput ?? onError)(line.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private void Remember(string line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
