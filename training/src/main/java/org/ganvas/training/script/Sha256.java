package org.ganvas.training.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** SHA-256, in hexadecimal. */
public final class Sha256 {
  private Sha256() {}

  /** Of these bytes. */
  public static String of(byte[] bytes) {
    return of(Stream.of(bytes));
  }

  /** Of all these parts, one after another. */
  public static String of(Stream<byte[]> parts) {
    MessageDigest digest = newDigest();
    parts.forEachOrdered(digest::update);
    return hexadecimal(digest);
  }

  /** Of a file, part by part, for it may be larger than an array and than the memory. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return hexadecimal(digest);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String hexadecimal(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
