import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useKeptChoice } from './kept-choice.ts';

/** Hertz, one after the other: rising, so that it is no alarm. */
const NOTES = [660, 880];
const NOTE_SECONDS = 0.18;
const LOUDNESS = 0.4;

export interface Sound {
  isOn: boolean;
  /** Browsers are silent until somebody has touched the page. */
  isWaiting: boolean;
  toggle: () => void;
  ring: () => void;
}

/** Rings when it is wanted; the wish is remembered. */
export function useSound(): Sound {
  const [wish, setWish] = useKeptChoice('sound', 'off');
  const [isAwake, setIsAwake] = useState(false);
  const bell = useRef<AudioContext | null>(null);
  const isOn = wish === 'on';

  const wake = async () => {
    bell.current ??= new AudioContext();
    await bell.current.resume();
    setIsAwake(bell.current.state === 'running');
  };
  const touched = useEffectEvent(() => void wake());
  const isWaiting = isOn && !isAwake;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const hear = () => touched();
    window.addEventListener('pointerup', hear);
    window.addEventListener('keyup', hear);
    return () => {
      window.removeEventListener('pointerup', hear);
      window.removeEventListener('keyup', hear);
    };
  }, [isWaiting]);
  useEffect(() => () => void bell.current?.close(), []);

  const ring = () => {
    if (isOn && bell.current) play(bell.current);
  };
  const toggle = () => {
    setWish(isOn ? 'off' : 'on');
    // A sample, so that whoever switches it on knows how it sounds.
    if (!isOn) void wake().then(() => bell.current && play(bell.current));
  };
  return { isOn, isWaiting, toggle, ring };
}

function play(bell: AudioContext): void {
  for (const [at, hertz] of NOTES.entries()) {
    const from = bell.currentTime + at * NOTE_SECONDS;
    const tone = new OscillatorNode(bell, { frequency: hertz });
    const volume = new GainNode(bell, { gain: LOUDNESS });
    volume.gain.setValueAtTime(LOUDNESS, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_SECONDS);
    tone.connect(volume).connect(bell.destination);
    tone.start(from);
    tone.stop(from + NOTE_SECONDS);
  }
}
