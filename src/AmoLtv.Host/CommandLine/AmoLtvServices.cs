using AmoLtv.Host.Analytics;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Cards;
using AmoLtv.Host.Database;
using AmoLtv.Host.Exchanges;
using AmoLtv.Host.Exporting;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Notices;
using AmoLtv.Host.Operations;
using AmoLtv.Host.Pacing;
using AmoLtv.Host.Retention;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Sheets;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.Tasks;
using AmoLtv.Host.Valuing;
using AmoLtv.Host.Webhooks;
using AmoLtv.Host.WritingBack;

namespace AmoLtv.Host.CommandLine;

/// <summary>Every slice's services, for the server and for the command line alike. Scheduling is the server's alone.</summary>
public static class AmoLtvServices
{
    public static void AddAmoLtv(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClock();
        builder.Services.AddDatabase();
        builder.Services.AddRunning();
        builder.Services.AddPacing();
        builder.Services.AddExchanges();
        builder.Services.AddInstalling();
        builder.Services.AddCallers();
        builder.Services.AddSheets();
        builder.Services.AddSettings();
        builder.Services.AddSyncing();
        builder.Services.AddValuing();
        builder.Services.AddWritingBack();
        builder.Services.AddTasks();
        builder.Services.AddNotices();
        builder.Services.AddAnalytics();
        builder.Services.AddCards();
        builder.Services.AddWebhooks();
        builder.Services.AddOperations();
        builder.Services.AddRetention();
        builder.Services.AddExporting();
        builder.Services.AddProxies();
    }
}
