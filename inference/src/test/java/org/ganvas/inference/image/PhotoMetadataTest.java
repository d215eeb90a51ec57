package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
  void xmpShowsNoThumbnailOfThePictureAsItWas() {
    String thumbnail = "<xmp:Thumbnails><rdf:Alt>\n/9j/4AAQ</rdf:Alt></xmp:Thumbnails>";
    assertThat(upright("<a/>" + thumbnail + "<b/>" + thumbnail + "<c/>")).isEqualTo("<a/><b/><c/>");
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
