namespace AmoLtv.Host.Running;

/// <summary>Stops a process that a failed run left unable to work, so that whatever keeps it running starts a sound one.</summary>
public sealed partial class ProcessEnd(IHostApplicationLifetime lifetime, ILogger<ProcessEnd> logger)
{
    /// <summary>Stops as a person would: runs of other accounts are marked stopped and begun again by the next process.</summary>
    public void BeginIfDamagedBy(Exception failure)
    {
        if (MemoryShortage.OutlastsItself(failure))
        {
            Log.Damaged(logger, failure);
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The process had no memory left as a part of it began, and that part stays broken: the process stops, to be started anew.")]
        public static partial void Damaged(ILogger logger, Exception failure);
    }
}
