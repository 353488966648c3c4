using System.Management.Automation.Host;

namespace MultiCluster.Module.Tests.Support;

/// <summary>A terminal on which nothing is drawn.</summary>
internal sealed class TestScreen : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; }

    /// <summary>How wide it is; 0 while there is no terminal.</summary>
    public int Columns { get; set; }

    public override Size BufferSize
    {
        get => Columns > 0 ? new(Columns, 1000) : throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override ConsoleColor ForegroundColor { get; set; }

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw new NotSupportedException();
    }

    public override string WindowTitle { get; set; } = "";

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
}
