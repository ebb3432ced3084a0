using AmoLtv.Host.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Answers 503 while the database is away, full or overcharged: pages then show what they knew and ask again, as they do not after a
/// 500. Whatever else fails is left to the server's own answer.
/// </summary>
internal sealed partial class DatabaseAway(TimeProvider time, ILogger<DatabaseAway> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    private static readonly TimeSpan SaidAgainAfter = TimeSpan.FromMinutes(1);

    private long _saidAt = long.MinValue;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ServerTrouble.IsCauseOf(exception))
        {
            return false;
        }

        Say(exception);
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        httpContext.Response.Headers.CacheControl = "no-store";
        await CallerProblem.DatabaseUnavailable().ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Once a minute: hundreds of cards a second meet the same.</summary>
    private void Say(Exception failure)
    {
        var (now, said) = (time.GetTimestamp(), Interlocked.Read(ref _saidAt));
        if ((said == long.MinValue || time.GetElapsedTime(said, now) >= SaidAgainAfter) && Interlocked.CompareExchange(ref _saidAt, now, said) == said)
        {
            Log.Away(logger, failure.GetBaseException().Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Requests are answered with 503: the database cannot be used. {Failure}")]
        public static partial void Away(ILogger logger, string failure);
    }
}
