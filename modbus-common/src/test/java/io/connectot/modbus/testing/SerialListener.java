// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A serial line: one end of a pair of pseudo terminals, which somebody else has set to raw. */
final class SerialListener implements RequestListener {
  private final Path device;
  private final ServerFraming framing;
  private final RequestResponder responder;
  private volatile Thread thread;
  private volatile boolean stopped;

  SerialListener(Path device, ServerFraming framing, RequestResponder responder) {
    this.device = device;
    this.framing = framing;
    this.responder = responder;
  }

  @Override
  public void start() throws IOException {
    stopped = false;
    // Unlike the streams of Files, it knows how many bytes wait in a terminal.
    InputStream in = new FileInputStream(device.toFile());
    OutputStream out = new FileOutputStream(device.toFile());
    thread = new Thread(() -> serve(in, out), "simulated-modbus-serial");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    stopped = true;
    StreamListener.joinQuietly(thread);
  }

  @Override
  public int port() {
    return -1;
  }

  private void serve(InputStream in, OutputStream out) {
    try (in;
        out) {
      InputStream polled = new PolledStream(in);
      ResponseOutput output = new LineOutput(out);
      while (!stopped) {
        try {
          responder.answer(framing.read(polled), framing, output);
        } catch (IOException e) {
          // What came was no request; a device waits for the next.
          in.skipNBytes(in.available());
        }
      }
    } catch (IOException e) {
      // The line is gone.
    }
  }

  private record LineOutput(OutputStream out) implements ResponseOutput {
    @Override
    public void write(byte[] frame) throws IOException {
      synchronized (out) {
        out.write(frame);
        out.flush();
      }
    }

    @Override
    public void close() {
      // A line stays.
    }
  }

  /** Reads what is there already, so that it can be stopped while nothing comes. */
  private final class PolledStream extends InputStream {
    private final InputStream in;

    PolledStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      await();
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int longest) throws IOException {
      if (longest == 0) {
        return 0;
      }
      await();
      return in.read(target, offset, Math.min(longest, in.available()));
    }

    private void await() throws IOException {
      while (in.available() == 0) {
        if (stopped) {
          throw new IOException("stopped");
        }
        LockSupport.parkNanos(500_000);
      }
    }
  }
}
