extension Tongue {
  /// Patterns in Chinese; what is not here stays English.
  static let inChinese: [String: String] = [
    "Network": "网络", "Loss": "损失", "Plot": "曲线", "Watch": "监视", "Session": "会话", "Narration": "讲解", "Data": "数据",
    "Help": "帮助", "Layer": "层", "Jacobian": "雅可比矩阵", "Derivation of": "推导",
    "iteration": "迭代", "epoch": "轮", "sample": "样本", "step": "步", "of": "/", "layer": "层", "loss": "损失",
    "START": "开始", "FORWARD": "前向", "LOSS": "损失", "BACKWARD": "反向", "UPDATE": "更新",
    "next: {1}{2}   {3}": "下一步: {1}{2}   {3}", "batch": "批",
    "RUN": "训练", "iterations a second": "次/秒", "line": "行", "NOT READY": "未就绪", "page": "书页", "log": "对数",
    "detour": "离题",
    "shuffled": "打乱", "Everywhere": "随处", "Presenting": "演示", "Prompt": "提示符", "more lines": "行未显示",
    "Map": "决策图", "class by": "类别", "Held out": "留出样本", "held out": "留出", "right": "正确", "taken for": "判为",
    "out of": "/", "accuracy": "准确率", "batch loss": "批损失", "all samples": "全部样本", "batches": "批",
    "by hand": "手动给定", "stride": "步幅", "Futures": "未来", "{1} futures": "{1} 个未来", "to step": "至步", "parts at": "分于步",
    "beside": "对照", "{1}: the same up to step {2}, where they part": "{1}：到步 {2} 为止相同，自此分开",
    "{1}: the same, the two do not part": "{1}：相同，两者不分开", "{1} ends at step {2}": "{1} 止于步 {2}",
    "{1}: its steps take too long to be taken beside these": "{1}：每步耗时过长，不作对照",
    "Sweep": "参数扫描", "future": "未来", "after iteration": "截至迭代",
  ]
}
