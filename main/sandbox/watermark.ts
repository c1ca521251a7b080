/**
 * "Sandbox · not AI" in white with a dark edge, as a PNG of 272 × 44 pixels.
 *
 * Not drawtext: a custom ffmpeg may lack that filter, and a machine may lack fonts.
 */
export const watermark = {
  width: 272,
  height: 44,
  png: () => Buffer.from(base64.join(''), 'base64'),
}

const base64 = [
  'iVBORw0KGgoAAAANSUhEUgAAARAAAAAsCAMAAACaGxdFAAAAPFBMVEUAAAAAAAAzMzMAAAAAAAAAAAAAAABMaXH///8A',
  'AABmZmb///////////+ZmZn////////MzMz///////+tBvJiAAAAFHRSTlN3RHczImZVAO4Rd93MiHeZu3d3qnQklh4A',
  'AAAJcEhZcwAAA+gAAAPoAbV7UmsAAAYMSURBVGje7VrbsqQqDPUGW/De/v+/nhBIuAjd0jW168yUvtgiJmQlLELo5ue5',
  'oqt5IHgAeQB5AHkAeQD52wBRcPnbvwKI+tIepQZzKb7/HwxNjCla1rz5nsyqNEgNrTRX27v7oH7X8Hc+yjzdAkQNzhrZ',
  'tn2lj1UrRQOXEPYmW/V7aOQtZR+hb+KnO4Ao1bfOHGNWnY/VYPHgS8jfCpGipUOL1giBb5zH8p5q8nhENoGcOkCaZhxH',
  '/BTvvwcI2x3HCNjjTJG98h4DT90EBPE4zmkcp3k7OvbxhZfUhXcN9YgEEDFcO6kr191gq6xK/jC0NOoCQDUrDGVtDFTe',
  'YzlPNYWY1/PIF34ZsqyfrUM0Z22X/gJIz59xJ/scEPfnJSmrMhAHgS0CjV4SInDCi9Nawh4TNwEBuR1Ex7l2Tbdu9svB',
  's2yPCyo8CSl9EzMxRm0ECMSw70N03ZoxkxT43Uv82RenV15lKA6YgjWGRIIGoWsh2PsvAAG5AMPmpl0HuIq2lY5kjXX9',
  '4FiKabN1IFFjDEjSx61BZl2m3y39MpP8/eJVFCdl6ApPmcoA9UJAXo2h1UpAMMAmg2aoPiFZZilqao2PfacrIGgsuFNk',
  'pTK8QqpCSnFZvFoXE/HFGpkykVKBAWDSzGY2fQVIaIgbuT5OkDrtr841YJ9jhqbVDA/xWPdpnF8JIC/qI9HJegM586at',
  'bIjFEX/q0UQlA5Jyih9WojISlxAfRzwInwwNrIjjdxFyhOEpQl2r98U+ulC0GJ32ce8CQDrX53Sp2kJiFitmRsfRnVb4',
  'S0rBfk1UxuIygKA9m3m/IA/Ivq/lEIkcMi6ag9OImA8NJKsX8qiRuc1r0x3cAu8maFinMwDknNYOmgiAl+ljG16NjwwX',
  'KcK7NUmeCJBE5UXcZcoQpWrU1DlraklVW5jnDaNBhlP1IL4dTRg6HDYyDRu6MQDEN2l35wZLUyZDOA4becypl+SJAIlV',
  'XsWlpIqUCtL3RpjgOoyOWkCiPGQyUyfiMxfiRuZBPp7dKK2XMI6pj29a/C36tVlNGzKeShiDQ8YBclGZiOOFvg1mDBhz',
  'AIEdblZWAoJBBo7bZh5oYxq6BRiTJqjjBxiw9Y5jAQgCKW2sUB/ftEPDnjTg8oKKcKieMUqAxCpTcdfEjCgVcZhs96YW',
  'EFrNgDEmdsoxhozFMn0yZNdqk1I0Ealy05T2mdz3hv/NVPBJSBmQNyqnaLMQCEJKNTgsnF5VAtJzEmTWiJ1m+kt3aY4R',
  'js45J5O6+6a0Ab/HLKGJ9hZFDvmkMgWEs1S6umpAaMWzOaB2yO+03HZ/NEJwMp5jQqlvVpm6CCFKDa6jHhBMo81uIMyF',
  'J1rOdBGQbzjELZ12+RDB/qOYh0QqP3EIU6pfIudqQDhHFi4gJk+hyQoSj+7mKvNKVhkzGZfZUmyAyCVTFZ9UZlYZSiFo',
  'haTVvzpTPSkp423e7KaMLpOqpiwhykOmD3mIxixWW+iivV1cfckCchVHuzDBpQ9rgRCYJ5M59XuZHRPTdSdFLiU8pq0I',
  'iMtUm0umapqiTNU2oG/NCjN3dt7oN+XGPCAXcYaPlo6rRJylQn6KO0udcG/F5o6uSdvJs2f2KcnoaC8zR6Q6816myexl',
  'dgriHYEpVisLgETijHgdVbUspc4Yeoq2vUc1IADrsWEWNp+HLbcIt2k9yssuZnO1u92FN4smVLZo+1/YhIcqI3F2E6pt',
  'QomAGFMwX0dy8ll8ZQkxKv7YWkwvL4UHqtpK3gKW+pTqIbnKSBEQz/VepYxrRjArggbhALEPyE02BQ+PA37u5iEiqI9h',
  'zbCPURJc6goq/H0rM30+lbhswYnOcj5WzGKVUQHOlEt7yccnreLjA8EHMnHR7fYxBNiWnFP5kytpK6ScJviEIddHiLdF',
  'UNsBXtly7LtjvkBRoDIQ56rWpNVNkiibUaSRe9w8ueMiuD/JVEnRm9OEIGHI9xmCYn1SJmclP/er7rHKqIgfjTM8HFDq',
  'beX+5mF37swlOBeJD1cyndKH3LmMyh/RfD64TVWWB568LQzp+X/I84eZB5AHkAeQB5BfuP4D9RsXr1Yp+nYAAAAASUVO',
  'RK5CYII=',
]
