import { useId } from 'preact/hooks';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** The value in words: shown beside the label and read out. */
  readonly text: string;
  /** Where today is: marked on the line. */
  readonly today?: number;
  readonly onChange: (value: number) => void;
}

/** A number moved by hand or by arrow keys. */
export function Slider({ label, value, least, most, step, text, today, onChange }: SliderProps) {
  const id = useId();
  const part = (at: number) => `${((at - least) / (most - least)) * 100}%`;
  return (
    <div class="slider">
      <div class="slider__head">
        <label for={id}>{label}</label>
        <output for={id}>{text}</output>
      </div>
      <div class="slider__line">
        {today !== undefined && <span class="slider__today" style={{ left: part(today) }} aria-hidden="true" />}
        <input id={id} type="range" min={least} max={most} step={step} value={value} aria-valuetext={text}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)} />
      </div>
    </div>
  );
}
