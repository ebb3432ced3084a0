export interface ProgressProps {
  readonly label: string;
  /** 0…1; null while it is not known how much there is to do. */
  readonly value: number | null;
  /** `3 200 из 10 000 сделок`. */
  readonly text?: string;
}

export function Progress({ label, value, text }: ProgressProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div class="progress">
      <div class="slider__head"><span>{label}</span>{text !== undefined && <span class="muted">{text}</span>}</div>
      <div class={value === null ? 'progress__line progress__line_open' : 'progress__line'} role="progressbar" aria-label={label}
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={text}>
        <span style={percent === undefined ? {} : { width: `${percent}%` }} />
      </div>
    </div>
  );
}
