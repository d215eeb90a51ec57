// Numbers and states as people read them.

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** 1234567 as "1.2 MB". */
export function bytes(count) {
  const [divisor, unit] = count < 1e6 ? [1e3, 'KB'] : count < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${number.format(Math.max(0.1, count / divisor))}\u00a0${unit}`;
}

/** Width and height as "640 × 480". */
export const size = (width, height) => `${width}\u00a0×\u00a0${height}`;

/** 75 as "1 min 15 s", 3.14 as "3.1 s". */
export function duration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${number.format(seconds < 10 ? seconds : whole)} s`;
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1 photo", "2 photos". */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What a photo is doing, in a few words. */
export function stateOf(photo) {
  switch (photo.state) {
    case 'ready': return 'Ready';
    case 'waiting': {
      const reason = photo.silent ? 'The server does not answer' : 'The server is busy';
      return photo.secondsLeft ? `${reason}; asking again in ${duration(photo.secondsLeft)}` : 'Waiting';
    }
    case 'sending': return `Sending, ${Math.round(photo.percent)} %`;
    case 'queued': return 'In the server’s queue';
    case 'running': {
      const left = photo.secondsLeft === null ? '' : `, ${duration(Math.ceil(photo.secondsLeft))} left`;
      return `Computing, ${Math.round(photo.percent)} %${left}`;
    }
    case 'fetching': return 'Fetching the result';
    case 'succeeded': return `Done in ${duration(photo.result.seconds)}`;
    case 'canceled': return 'Canceled';
    default: return photo.problem;
  }
}
