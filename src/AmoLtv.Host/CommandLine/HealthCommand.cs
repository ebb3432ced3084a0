using System.CommandLine;

namespace AmoLtv.Host.CommandLine;

/// <summary><c>amoltv health</c>: asks a running process how it does, for containers and scripts on machines that have no other client of HTTP.</summary>
public static class HealthCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OneAsking = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "Address to ask; /health/live tells whether the process answers, /health/ready whether it can do its work.",
            DefaultValueFactory = _ => "http://127.0.0.1:8080/health/ready",
        };
        var wait = new Option<int>("--wait") { Description = "Seconds to go on asking until the answer is good.", DefaultValueFactory = _ => 0 };
        var command = new Command("health", "Asks a running process how it does; exit status 0 only where it is well. Reads no configuration.") { url, wait };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(url), TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(wait))), TimeProvider.System, cancellationToken));
        return command;
    }

    /// <returns>0 where the last answer was good, else 1.</returns>
    /// <exception cref="CommandFailedException">The address is none of HTTP.</exception>
    private static async Task<int> RunAsync(string given, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException($"--url: '{given}' is not allowed; for example http://127.0.0.1:8080/health/ready.");
        }

        // A process of this machine is asked, and no proxy of the surroundings.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = OneAsking };
        var began = time.GetTimestamp();
        var (well, words) = await AskAsync(http, url, cancellationToken);
        while (!well && time.GetElapsedTime(began) < wait)
        {
            await Task.Delay(Pause, time, cancellationToken);
            (well, words) = await AskAsync(http, url, cancellationToken);
        }

        await (well ? Console.Out : Console.Error).WriteLineAsync(words);
        return well ? 0 : 1;
    }

    private static async Task<(bool Well, string Words)> AskAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            var words = (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim();
            return (answer.IsSuccessStatusCode, words.Length > 0 ? words : $"{url} answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException failure)
        {
            return (false, $"{url} does not answer: {failure.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"{url} did not answer within {OneAsking.TotalSeconds:0} s.");
        }
    }
}
