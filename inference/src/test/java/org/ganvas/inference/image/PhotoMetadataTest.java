package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhotoMetadataTest {
  @Test
  void xmpSaysNothingOfTheSizeThatThePictureHad() {
    String xmp =
        "<rdf:Description tiff:ImageWidth='96' tiff:ImageLength=\"72\" tiff:Make='96'>"
            + "<exif:PixelXDimension>96</exif:PixelXDimension>"
            + "<exif:PixelYDimension> 72</exif:PixelYDimension></rdf:Description>";
    assertThat(said(xmp).sized(384, 288).xmp())
        .isEqualTo(
            "<rdf:Description tiff:ImageWidth='384' tiff:ImageLength=\"288\" tiff:Make='96'>"
                + "<exif:PixelXDimension>384</exif:PixelXDimension>"
                + "<exif:PixelYDimension>288</exif:PixelYDimension></rdf:Description>");
  }

  @Test
  void xmpKeepsTheSizeOfOtherPicturesThatThisOneWasMadeOf() {
    String xmp =
        "<rdf:Description tiff:ImageWidth='96'><xmpMM:Pantry><rdf:Bag>"
            + "<rdf:li><rdf:Description tiff:ImageWidth='50'><xmpMM:History><rdf:Seq>"
            + "<rdf:li rdf:parseType='Resource'/></rdf:Seq></xmpMM:History>"
            + "<exif:PixelXDimension>50</exif:PixelXDimension></rdf:Description></rdf:li>"
            + "<rdf:li exif:PixelXDimension='50'/></rdf:Bag></xmpMM:Pantry>"
            + "<exif:PixelXDimension>96</exif:PixelXDimension></rdf:Description>";
    assertThat(said(xmp).sized(384, 288).xmp()).isEqualTo(xmp.replace("96", "384"));
  }

  @Test
  void xmpThatIsOnlyBeginningsOfItemsTakesNoTime() {
    String xmp = "<rdf:li ".repeat(100_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(said(xmp).sized(384, 288).xmp()).isEqualTo(xmp));
  }

  @Test
  void xmpShowsNoThumbnailOfThePictureAsItWas() {
    String thumbnail = "<xmp:Thumbnails><rdf:Alt>\n/9j/4AAQ</rdf:Alt></xmp:Thumbnails>";
    assertThat(upright("<a/>" + thumbnail + "<b/>" + thumbnail + "<c/>")).isEqualTo("<a/><b/><c/>");
    assertThat(upright(thumbnail.replace("xmp:", "xap:") + "<b/>")).isEqualTo("<b/>");
    String open = "<a/><xmp:Thumbnails><b/>";
    assertThat(upright(open)).isEqualTo(open);
    assertThat(upright(thumbnail + open)).isEqualTo(open);
  }

  private static String upright(String xmp) {
    return said(xmp).upright(Orientation.UPRIGHT).xmp();
  }

  private static PhotoMetadata said(String xmp) {
    return PhotoMetadata.of((ExifBlock) null, xmp.getBytes(StandardCharsets.UTF_8), null);
  }
}
